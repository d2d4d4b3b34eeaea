"""Outputs by ending: known early, whole or not at all, and never the buyer's own file."""

from pathlib import Path

import pytest

from answerable.errors import OutputUnknown, OutputUnwritable
from answerable.exposure.outputs import OUTPUTS, check_outputs, write_outputs
from answerable.model import Screening


def test_every_form_is_written_and_the_same_twice(screening: Screening, tmp_path: Path) -> None:
    first = [tmp_path / f"first{ending}" for ending in OUTPUTS]
    second = [tmp_path / f"SECOND{ending.upper()}" for ending in OUTPUTS]
    write_outputs(screening, [*first, *second], None)
    for one, other in zip(first, second, strict=True):
        assert one.stat().st_size > 500
        assert one.read_bytes() == other.read_bytes()
    assert len(list(tmp_path.iterdir())) == 2 * len(OUTPUTS)


@pytest.mark.parametrize("name", ["report.pdf", "report", ".csv", "report.json", "report.csv.gz"])
def test_other_endings_are_refused_before_any_work(name: str, tmp_path: Path) -> None:
    with pytest.raises(OutputUnknown, match="Use one of") as caught:
        check_outputs([tmp_path / "good.csv", tmp_path / name])
    assert caught.value.endings == OUTPUTS


def test_an_opendocument_answer_is_asked_for_as_xlsx(tmp_path: Path) -> None:
    with pytest.raises(OutputUnknown, match=r"take \.xlsx: LibreOffice opens it"):
        check_outputs([tmp_path / "answered.ods"])


def test_nothing_is_written_where_one_output_is_faulty(
    screening: Screening, tmp_path: Path
) -> None:
    with pytest.raises(OutputUnknown):
        write_outputs(screening, [tmp_path / "a.csv", tmp_path / "a.pdf"], None)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_said_early(tmp_path: Path) -> None:
    with pytest.raises(OutputUnwritable, match="there is no folder"):
        check_outputs([tmp_path / "gone" / "a.csv"])


def test_a_folder_is_no_output(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(OutputUnwritable, match="it is a folder"):
        check_outputs([tmp_path / "a.csv"])


def test_the_buyer_s_own_file_is_never_overwritten(screening: Screening, tmp_path: Path) -> None:
    hers = tmp_path / "suppliers.csv"
    hers.write_text("Supplier\nInvented Mill\n")
    with pytest.raises(OutputUnwritable, match="never overwritten"):
        write_outputs(screening, [tmp_path / "." / "suppliers.csv"], hers)
    assert hers.read_text() == "Supplier\nInvented Mill\n"


def test_an_earlier_output_is_replaced_whole(screening: Screening, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x" * 1_000_000)
    write_outputs(screening, [path], None)
    assert path.stat().st_size < 20_000
