"""Packages that we write: their form, their digests, the same bytes for the same input."""

import gzip
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from warcio.archiveiterator import ArchiveIterator

from answerable.evidence.archives.cdx import CdxLine, sort_key, write_index
from answerable.evidence.archives.wacz import Page, write_wacz
from answerable.evidence.archives.wacz_signatures import check_signature, wacz_key
from answerable.evidence.archives.warc import Provenance, clean_uri
from answerable.evidence.exchanges import Exchange, Resource

AT = "2026-11-24T14:02:03.125Z"
URL = "https://news.example/story?b=2&a=1"
PAGE = Exchange(
    URL,
    "GET",
    (("Host", "news.example"), ("Accept", "*/*")),
    b"",
    200,
    "OK",
    (("Content-Type", "text/html; charset=utf-8"), ("X-Place", "Z\xfcrich")),
    b"<p>One sentence that matters.</p>",
    "192.0.2.7",
    AT,
)
SHOT = Resource(f"urn:fullPage:{URL}", "image/png", b"\x89PNG\r\n\x1a\n", AT)
PROVENANCE = Provenance("answerable 0.1.0", "ab" * 32, "sha256:" + "cd" * 32, AT[:19] + "Z")


def pack(
    exchanges: tuple[Exchange, ...] = (PAGE,),
    resources: tuple[Resource, ...] = (SHOT,),
    key: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    file = io.BytesIO()
    write_wacz(file, exchanges, resources, [Page(URL, AT, "A story")], PROVENANCE, key=key)
    return file.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def records(data: bytes) -> list[tuple[dict[str, str], bytes, list[tuple[str, str]]]]:
    found = []
    for record in ArchiveIterator(io.BytesIO(unpack(data)["archive/data.warc.gz"])):
        headers = record.http_headers.headers if record.http_headers else []
        found.append((dict(record.rec_headers.headers), record.raw_stream.read(), headers))
    return found


def test_a_package_has_the_files_that_wacz_asks_for_in_order_and_stored() -> None:
    with zipfile.ZipFile(io.BytesIO(pack())) as package:
        assert package.namelist() == [
            "archive/data.warc.gz",
            "indexes/index.cdx.gz",
            "indexes/index.idx",
            "pages/pages.jsonl",
            "datapackage.json",
            "datapackage-digest.json",
        ]
        assert {each.compress_type for each in package.infolist()} == {zipfile.ZIP_STORED}


def test_the_manifest_lists_every_file_with_its_digest_and_size() -> None:
    files = unpack(pack())
    manifest = json.loads(files["datapackage.json"])
    listed = {each["path"]: (each["hash"], each["bytes"]) for each in manifest["resources"]}
    assert listed == {
        name: (f"sha256:{hashlib.sha256(data).hexdigest()}", len(data))
        for name, data in files.items()
        if "/" in name
    }
    assert manifest["profile"] == "data-package"
    assert manifest["wacz_version"] == "1.1.1"
    assert manifest["mainPageUrl"] == URL
    digest = json.loads(files["datapackage-digest.json"])
    expected = hashlib.sha256(files["datapackage.json"]).hexdigest()
    assert digest == {"path": "datapackage.json", "hash": f"sha256:{expected}"}


def test_the_same_input_gives_the_same_bytes() -> None:
    assert pack() == pack()


def test_pages_name_address_time_and_title() -> None:
    head, page = map(json.loads, unpack(pack())["pages/pages.jsonl"].splitlines())
    assert head["format"] == "json-pages-1.0"
    assert (page["url"], page["ts"], page["title"]) == (URL, AT, "A story")


def test_the_warc_holds_who_what_and_both_sides_of_the_exchange() -> None:
    info, response, request, shot = records(pack())
    assert [each[0]["WARC-Type"] for each in (info, response, request, shot)] == [
        "warcinfo",
        "response",
        "request",
        "resource",
    ]
    assert b"operator: abab" in info[1]
    assert b"isPartOf: sha256:cdcd" in info[1]
    assert b"software: answerable 0.1.0" in info[1]
    assert response[0]["WARC-IP-Address"] == "192.0.2.7"
    assert response[1] == PAGE.body
    assert ("X-Place", "Z\xfcrich") in response[2]
    assert request[0]["WARC-Concurrent-To"] == response[0]["WARC-Record-ID"]
    assert ("Host", "news.example") in request[2]
    digest = hashlib.sha256(SHOT.body).hexdigest()
    assert shot[0]["WARC-Payload-Digest"] == f"sha256:{digest}"


def test_header_bytes_stay_as_they_were_received() -> None:
    warc = gzip.decompress(unpack(pack())["archive/data.warc.gz"])
    assert b"X-Place: Z\xfcrich\r\n" in warc


def test_the_index_leads_to_the_record() -> None:
    files = unpack(pack())
    lines = gzip.decompress(files["indexes/index.cdx.gz"]).decode().splitlines()
    assert lines[0].startswith("example,news)/story?a=1&b=2 2026")
    place = json.loads("{" + lines[0].partition(" {")[2])
    start, length = int(place["offset"]), int(place["length"])
    record = gzip.decompress(files["archive/data.warc.gz"][start : start + length])
    assert PAGE.body in record
    assert place["status"] == "200"
    assert place["digest"] == f"sha256:{hashlib.sha256(PAGE.body).hexdigest()}"


def test_a_long_index_is_found_by_its_summary() -> None:
    lines = [
        CdxLine(f"https://a.example/{n:05}", AT, "text/plain", 200, "sha256:0", "w", n, 1)
        for n in range(2_500)
    ]
    index, summary = write_index(reversed(lines), "index.cdx.gz")
    head, *blocks = summary.decode().splitlines()
    assert json.loads(head[len("!meta 0 ") :])["format"] == "cdxj-gzip-1.0"
    assert len(blocks) == 3
    for block in blocks:
        key, _, place = block.partition(" {")
        where = json.loads("{" + place)
        member = index[where["offset"] :][: where["length"]]
        assert gzip.decompress(member).decode().startswith(key + " {")


def test_a_cut_body_a_failure_and_a_decoded_body_are_marked() -> None:
    cut = replace(PAGE, body=b"<p>One", truncated="length")
    failed = replace(
        PAGE, url="http://lost.example/", status=None, reason="", failed="address_refused"
    )
    undone = replace(
        PAGE,
        url="https://news.example/z",
        response_headers=(("Content-Encoding", "br"), ("Content-Length", "9")),
        decoded=True,
        protocol="h2",
    )
    found = records(pack((cut, failed, undone), ()))
    types = [each[0]["WARC-Type"] for each in found]
    assert types == [
        "warcinfo",
        "response",
        "request",
        "request",
        "metadata",
        "response",
        "request",
    ]
    assert found[1][0]["WARC-Truncated"] == "length"
    assert found[4][1] == b"fetchFailed: address_refused\r\n"
    assert found[5][0]["WARC-Protocol"] == "h2"
    assert found[5][2] == [
        ("x-orig-Content-Encoding", "br"),
        ("x-orig-Content-Length", "9"),
        ("Content-Length", str(len(PAGE.body))),
    ]


def test_letters_that_end_a_line_cannot_add_a_header() -> None:
    evil = replace(
        PAGE,
        url="https://news.example/\r\nWARC-Type: metadata",
        response_headers=(("X-A\r\nX-B", "1\r\n\r\nsmuggled"),),
        reason="OK\r\nX-C: 2",
    )
    _, response, request = records(pack((evil,), ()))
    assert response[0]["WARC-Type"] == "response"
    assert [name for name, _ in response[2]] == ["X-A X-B"]
    assert response[1] == request[1] + PAGE.body
    assert "\n" not in clean_uri(evil.url)


def test_warcio_finds_our_digests_right_and_a_flipped_byte_wrong(tmp_path: Path) -> None:
    warc = gzip.decompress(unpack(pack())["archive/data.warc.gz"])
    for name, data, code in (
        ("whole.warc", warc, 0),
        ("flipped.warc", warc.replace(b"sentence that matters", b"sentence that Matters"), 1),
    ):
        (tmp_path / name).write_bytes(data)
        run = subprocess.run(
            [sys.executable, "-m", "warcio.cli", "check", "-v", str(tmp_path / name)],
            capture_output=True,
            timeout=60,
        )
        assert run.returncode == code, run.stdout


def test_a_signature_checks_by_its_own_key_only(tmp_path: Path) -> None:
    key = wacz_key(tmp_path / "keys")
    assert wacz_key(tmp_path / "keys").private_numbers() == key.private_numbers()
    signed = json.loads(unpack(pack(key=key))["datapackage-digest.json"])["signedData"]
    assert check_signature(signed)
    assert set(signed) == {"hash", "created", "software", "signature", "publicKey"}
    other = json.loads(
        unpack(pack(key=ec.generate_private_key(ec.SECP384R1())))["datapackage-digest.json"]
    )["signedData"]
    assert not check_signature(signed | {"publicKey": other["publicKey"]})
    assert not check_signature(signed | {"hash": "sha256:" + "0" * 64})
    assert not check_signature(signed | {"signature": "AAAA"})
    assert not check_signature({})


def test_a_signing_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    wacz_key(tmp_path)
    assert (tmp_path / "wacz.pem").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://127.0.0.1:8000/A/b/?b=2&a=1#x", "1,0,0,127:8000)/a/b?a=1&b=2"),
        ("https://www2.example.com:443/a/", "com,example)/a"),
        ("http://example.com:8080/a//b/../c", "com,example:8080)/a/c"),
        ("http://example.com/a%2Fb%20c?q=%C3%A4&", "com,example)/a/b%20c?&q=%c3%a4"),
        ("http://user:pw@example.com/", "com,example)/"),
        ("http://bücher.example/ü", "example,xn--bcher-kva)/%c3%bc"),
        (
            "http://example.com/a?PHPSESSID=0123456789abcdef0123456789abcdef&b=1",
            "com,example)/a?b=1",
        ),
        ("urn:fullPage:http://example.com/", "urn:fullpage:http://example.com"),
        ("http://[::1]:80/x", "::1)/x"),
        ("http://example.com:99999/x", "http://example.com:99999/x"),
    ],
)
def test_sort_keys_are_those_of_the_field(url: str, key: str) -> None:
    assert sort_key(url) == key
