import pytest

from answerable.matching.names import take_apart
from answerable.matching.tiers import TIERS, find_tiers


@pytest.mark.parametrize(
    ("name", "tiers"),
    [
        ("Zyxomatic Group plc", ["group"]),
        ("Zyxomatic Hldgs Ltd", ["holding"]),
        ("Zyxomatic Holding Group", ["group", "holding"]),
        ("Groupe Zyxomatic", ["group"]),
        ("Zyxomatic Grubu", ["group"]),
        ("Zyxomatic Ltd", []),
        ("示例集团有限公司", ["group"]),
        ("示例控股集团有限公司", ["group", "holding"]),
        ("示例股份有限公司", ["share_company"]),
        ("示例集团股份有限公司", ["group", "share_company"]),
        ("示例有限公司上海分公司", ["branch"]),
        ("見本ホールディングス株式会社", ["holding"]),
        ("견본그룹", ["group"]),
        ("Группа Зиксоматик", ["group"]),
        ("مجموعة المثال", ["group"]),
    ],
)
def test_tiers_are_found_in_every_script(name: str, tiers: list[str]) -> None:
    assert list(take_apart(name).tiers) == tiers


def test_tiers_of_no_words_are_none() -> None:
    assert find_tiers([]) == ()
    assert list(TIERS)
