from answerable.exposure.outputs.words import REASON_WORDS
from answerable.matching.comparison import compare_names
from answerable.matching.evidence import Side
from answerable.matching.names import take_apart
from answerable.matching.weights import prior_of_pair, weigh

PAIRS_OF_ALL_KINDS = [
    ("Zyxomatic Steel Mills Ltd", "Zyxomatik Mills Limited"),
    ("Zyxomatic Industrial 3 GmbH", "Zyxomatic Industries 4 AG"),
    ("Zyxomatic", "Zyxomatic Bakery"),
    ("ZMC", "Zyxomatic Milling Corporation"),
    ("Trading Group Ltd", "Group Trading Ltd"),
    ("Zyxomatic London Ltd", "Zyxomatic London Ltd"),
    ("喀什地区公安局", "喀什市公安局"),
]


def test_every_kind_of_reason_has_words() -> None:
    side = Side(take_apart("Zyxomatic"), ("gb",), {"LEI": "1"}, ("1 Invented Road, EX1 2AB",))
    other = Side(take_apart("Zyxomatic"), ("gb",), {"LEI": "2"}, ("Unit 3, EX1 2AB",))
    weights = [compare_names(one, two) for one, two in PAIRS_OF_ALL_KINDS]
    weights.append(weigh(side, other, prior_of_pair()))
    kinds = {reason.reason for weight in weights for reason in weight.reasons}
    assert kinds | {"name_shared"} == set(REASON_WORDS)
