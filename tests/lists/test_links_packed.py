"""Registers as they are published: packed with gzip, or alone in a ZIP."""

import gzip
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from answerable.errors import ListUnreadable
from answerable.lists.cards import load_card
from answerable.lists.links import packed
from answerable.lists.links.gathering import LinkReading
from answerable.lists.links.packed import open_unpacked
from answerable.lists.links.readers import read_links

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "links"
CARD = load_card(FIXTURES / "table" / "card.yaml")
SAMPLES = {
    "uk_psc": "psc/snapshot.txt",
    "gleif_rr": "gleif/rr.csv",
    "bods": "bods/old.jsonl",
    "bods, an array": "bods/history.json",
}


def make_zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "zip": lambda data: make_zip({"folder/": b"", "folder/register.txt": data}),
    "zip of a Mac": lambda data: make_zip({"a.txt": data, "__MACOSX/._a.txt": b"x"}),
    "zip, stored": lambda data: make_zip({"a.txt": data}, zipfile.ZIP_STORED),
}


def read(path: Path, reader: str) -> LinkReading:
    return read_links({"file": path}, replace(CARD, reader=reader.partition(",")[0]))


@pytest.mark.parametrize("packer", PACKERS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_a_packed_register_reads_as_the_plain_one(sample: str, packer: str, tmp_path: Path) -> None:
    plain = FIXTURES / SAMPLES[sample]
    path = tmp_path / "register.bin"
    path.write_bytes(PACKERS[packer](plain.read_bytes()))
    assert read(path, sample) == read(plain, sample)
    assert read(path, sample)[0]


DATA = (FIXTURES / "psc/snapshot.txt").read_bytes()
DAMAGED = {
    "a ZIP of two": (make_zip({"a.txt": DATA, "b.txt": DATA}), "a ZIP of 2 files"),
    "an empty ZIP": (make_zip({}), "a ZIP of 0 files"),
    "a ZIP that is cut": (make_zip({"a.txt": DATA})[:-30], "damaged or locked ZIP"),
    "a gzip that is cut": (gzip.compress(DATA)[:-30], "it is damaged"),
    "a ZIP with other bytes": (
        make_zip({"a.txt": DATA}, zipfile.ZIP_STORED).replace(b"company_number", b"company_numbex"),
        "it is damaged",
    ),
}


@pytest.mark.parametrize("case", DAMAGED)
def test_what_is_damaged_is_named(case: str, tmp_path: Path) -> None:
    data, why = DAMAGED[case]
    path = tmp_path / "register.bin"
    path.write_bytes(data)
    with pytest.raises(ListUnreadable, match=why):
        read(path, "uk_psc")


def test_a_locked_zip_is_named(tmp_path: Path) -> None:
    data = bytearray(make_zip({"a.txt": DATA}))
    data[6] |= 1  # the flag of encryption, in the file's own head
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    path = tmp_path / "register.zip"
    path.write_bytes(data)
    with pytest.raises(ListUnreadable, match="locked"):
        read(path, "uk_psc")


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: make_zip({"a.txt": data})])
def test_what_unpacks_to_too_much_is_refused(
    pack: Callable[[bytes], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "RATIO_FROM_BYTES", 100_000)
    path = tmp_path / "register.bin"
    path.write_bytes(pack(b"\n" * 3_000_000))
    with open_unpacked(path) as file, pytest.raises(ListUnreadable, match="unpacks to more"):
        file.read()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ListUnreadable, match=r"gone\.zip"):
        read(tmp_path / "gone.zip", "uk_psc")
