"""Timestamps: what an authority states is checked, and what is not there yet is never shown."""

import shlex
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder, decode_timestamp_response

from answerable.errors import CheckpointFaulty, StampFaulty
from answerable.ledger.checkpoints import Checkpoint, list_checkpoints, seal_checkpoint
from answerable.ledger.log import Ledger, append_deed
from answerable.ledger.stamp_replies import order_certificates
from answerable.ledger.timestamps import (
    Timestamp,
    add_root,
    ask_timestamp,
    check_timestamp,
    name_authority,
    read_roots,
    read_timestamps,
    stamp_checkpoint,
    stamp_path,
    was_asked,
)
from tests.ledger.authority import OPENSSL, Authority, make_authority

pytestmark = pytest.mark.skipif(OPENSSL is None, reason="openssl is not here")

PLAIN, CHAINED = "https://stamps.invalid/plain", "https://stamps.invalid/chained"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("plain") / "authority", "Zyxomatic")


@pytest.fixture(scope="module")
def chained(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("chained") / "authority", "Quorbel", chain=True)


@pytest.fixture
def checkpoint(ledger: Ledger) -> Checkpoint:
    append_deed(ledger, "case.open", "sha256:" + "0" * 64)
    return seal_checkpoint(ledger)


def post_to(authority: Authority) -> Callable[[str, bytes], bytes]:
    return lambda _, request: authority.reply(request)


def offline(url: str, request: bytes) -> bytes:
    raise OSError("no network")


def test_two_authorities_stamp_a_checkpoint(
    ledger: Ledger, checkpoint: Checkpoint, plain: Authority, chained: Authority
) -> None:
    ledger = replace(ledger, authorities=(PLAIN, CHAINED))
    add_root(ledger, plain.root)
    add_root(ledger, chained.root)
    by_url = {PLAIN: plain, CHAINED: chained}
    stamps = stamp_checkpoint(ledger, checkpoint, lambda url, data: by_url[url].reply(data))
    assert [(each.state, each.why) for each in stamps] == [("stamped", ""), ("stamped", "")]
    assert [each.authority for each in stamps] == [name_authority(PLAIN), name_authority(CHAINED)]
    assert all(each.at and each.at.endswith("Z") for each in stamps)
    assert set(read_timestamps(ledger, checkpoint)) == set(stamps)
    assert list_checkpoints(ledger)[0].name == checkpoint.name, "replies are no checkpoints"
    for url, authority in by_url.items():
        path = stamp_path(ledger, checkpoint, name_authority(url))
        assert authority.verify(checkpoint.note, path.read_bytes())


def test_the_printed_line_checks_a_stamp(
    ledger: Ledger, checkpoint: Checkpoint, plain: Authority, chained: Authority
) -> None:
    add_root(ledger, plain.root)
    stamp = ask_timestamp(ledger, checkpoint, PLAIN, post_to(plain))
    workspace = ledger.folder.parent
    words = shlex.split(stamp.check)
    assert subprocess.run(words, cwd=workspace, capture_output=True, check=False).returncode == 0
    add_root(ledger, chained.root)
    [stamp] = read_timestamps(ledger, checkpoint)
    words = ["sh", "-c", stamp.check]
    assert subprocess.run(words, cwd=workspace, capture_output=True, check=False).returncode == 0
    (ledger.folder / "checkpoints" / checkpoint.name).chmod(0o644)
    (ledger.folder / "checkpoints" / checkpoint.name).write_bytes(b"another note\n")
    assert subprocess.run(words, cwd=workspace, capture_output=True, check=False).returncode != 0


def test_offline_is_pending_and_never_stamped(
    ledger: Ledger, checkpoint: Checkpoint, plain: Authority
) -> None:
    ledger = replace(ledger, authorities=(PLAIN,))
    add_root(ledger, plain.root)
    assert [each.state for each in read_timestamps(ledger, checkpoint)] == ["pending"]
    assert not was_asked(ledger), "that one is named does not mean that it was asked"
    [stamp] = stamp_checkpoint(ledger, checkpoint, offline)
    assert was_asked(ledger), "it may have been heard all the same"
    assert (stamp.state, stamp.at) == ("pending", None)
    assert "no network" in stamp.why
    assert [each.state for each in read_timestamps(ledger, checkpoint)] == ["pending"]
    [stamp] = stamp_checkpoint(ledger, checkpoint, post_to(plain))
    assert stamp.state == "stamped"


def test_nobody_is_asked_who_is_not_named(ledger: Ledger, checkpoint: Checkpoint) -> None:
    assert stamp_checkpoint(ledger, checkpoint, offline) == ()
    assert read_timestamps(ledger, checkpoint) == ()


def test_a_stamped_checkpoint_is_not_stamped_again(
    ledger: Ledger, checkpoint: Checkpoint, plain: Authority
) -> None:
    add_root(ledger, plain.root)
    first = ask_timestamp(ledger, checkpoint, PLAIN, post_to(plain))
    kept = stamp_path(ledger, checkpoint, first.authority).read_bytes()
    assert ask_timestamp(ledger, checkpoint, PLAIN, offline) == first
    assert stamp_path(ledger, checkpoint, first.authority).read_bytes() == kept


def refused(url: str, request: bytes) -> bytes:
    raise CheckpointFaulty("x", "an error of ours is no reason to break off")


BAD_POSTS: dict[str, tuple[Callable[[Authority, Authority, bytes], bytes], str]] = {
    "a page": (lambda _, __, request: b"<html>try later</html>", "no reply"),
    "nothing": (lambda _, __, request: b"", "no reply"),
    "too much": (lambda _, __, request: b"\x30" + bytes(1 << 20), "no reply"),
    "a rejection": (lambda _, __, request: bytes.fromhex("30053003020102"), "refused"),
    "an old reply": (lambda _, other, request: other.reply(old_request()), "number of our request"),
}


def old_request(data: bytes = b"another note\n") -> bytes:
    builder = TimestampRequestBuilder(data=data, hash_algorithm=HashAlgorithm.SHA256)
    return builder.build().as_bytes()


@pytest.mark.parametrize(("answer", "why"), BAD_POSTS.values(), ids=BAD_POSTS.keys())
def test_a_reply_that_is_none_is_not_kept(
    ledger: Ledger,
    checkpoint: Checkpoint,
    plain: Authority,
    answer: Callable[[Authority, Authority, bytes], bytes],
    why: str,
) -> None:
    stamp = ask_timestamp(
        ledger, checkpoint, PLAIN, lambda _, request: answer(plain, plain, request)
    )
    assert stamp.state == "pending"
    assert why in stamp.why
    assert not stamp_path(ledger, checkpoint, stamp.authority).exists()


def test_an_error_of_ours_while_asking_is_pending(ledger: Ledger, checkpoint: Checkpoint) -> None:
    assert ask_timestamp(ledger, checkpoint, PLAIN, refused).state == "pending"


def test_an_old_reply_over_the_same_note_is_found_by_its_number(
    ledger: Ledger, checkpoint: Checkpoint, plain: Authority
) -> None:
    old = plain.reply(old_request(checkpoint.note))
    stamp = ask_timestamp(ledger, checkpoint, PLAIN, lambda *_: old)
    assert stamp.state == "pending"
    assert "number of our request" in stamp.why


def kept_reply(
    ledger: Ledger, checkpoint: Checkpoint, authority: Authority
) -> tuple[Timestamp, Path]:
    stamp = ask_timestamp(ledger, checkpoint, PLAIN, post_to(authority))
    return stamp, stamp_path(ledger, checkpoint, stamp.authority)


def test_without_a_root_it_is_unverified_here(
    ledger: Ledger, checkpoint: Checkpoint, plain: Authority, chained: Authority
) -> None:
    stamp, _ = kept_reply(ledger, checkpoint, plain)
    assert stamp.state == "unverified_here"
    assert "ledger/trust" in stamp.why
    assert stamp.check.startswith("openssl ts -verify -data ledger/checkpoints/000000002 ")
    add_root(ledger, chained.root)
    [stamp] = read_timestamps(ledger, checkpoint)
    assert stamp.state == "unverified_here"
    assert "unable to get local issuer certificate" in stamp.why
    add_root(ledger, plain.root)
    [stamp] = read_timestamps(ledger, checkpoint)
    assert stamp.state == "stamped"


def test_a_root_is_found_among_others_of_its_name(
    ledger: Ledger, checkpoint: Checkpoint, plain: Authority, tmp_path: Path
) -> None:
    for number in range(3):
        add_root(ledger, make_authority(tmp_path / f"older{number}", "Zyxomatic").root)
    stamp, _ = kept_reply(ledger, checkpoint, plain)
    assert stamp.state == "unverified_here"
    add_root(ledger, plain.root)
    [stamp] = read_timestamps(ledger, checkpoint)
    assert stamp.state == "stamped"


def test_a_reply_that_cannot_be_read_here_is_kept_and_told(
    ledger: Ledger, checkpoint: Checkpoint
) -> None:
    stamp = ask_timestamp(ledger, checkpoint, PLAIN, lambda *_: b"\x30\x03\x02\x01\x05")
    assert stamp.state == "unverified_here"
    assert stamp_path(ledger, checkpoint, stamp.authority).read_bytes() == b"\x30\x03\x02\x01\x05"


def test_a_reply_over_another_note_is_broken(
    ledger: Ledger, checkpoint: Checkpoint, plain: Authority
) -> None:
    add_root(ledger, plain.root)
    _, path = kept_reply(ledger, checkpoint, plain)
    path.chmod(0o644)
    path.write_bytes(plain.reply(old_request()))
    [stamp] = read_timestamps(ledger, checkpoint)
    assert (stamp.state, stamp.at) == ("broken", None)


@pytest.mark.parametrize("place", [-3, -40])
def test_a_changed_signature_is_broken(
    ledger: Ledger, checkpoint: Checkpoint, plain: Authority, place: int
) -> None:
    add_root(ledger, plain.root)
    _, path = kept_reply(ledger, checkpoint, plain)
    reply = bytearray(path.read_bytes())
    reply[place] ^= 1
    found = check_timestamp(checkpoint.note, bytes(reply), read_roots(ledger))
    assert found.state == "broken"


def test_no_flipped_byte_leaves_it_stamped_with_another_time(
    ledger: Ledger, checkpoint: Checkpoint, plain: Authority
) -> None:
    add_root(ledger, plain.root)
    stamp, path = kept_reply(ledger, checkpoint, plain)
    whole, roots = path.read_bytes(), read_roots(ledger)
    assert stamp.at
    time = stamp.at.translate(str.maketrans("", "", "-:T")).encode()
    place = whole.index(time)
    for step in range(len(time) - 1):
        reply = bytearray(whole)
        reply[place + step] ^= 1
        assert check_timestamp(checkpoint.note, bytes(reply), roots).state != "stamped"


def test_certificates_in_another_order_are_read_all_the_same(
    chained: Authority, plain: Authority
) -> None:
    reply = chained.reply(old_request())
    with pytest.raises(ValueError, match="InvalidSetOrdering"):
        decode_timestamp_response(reply)
    ordered = order_certificates(reply)
    assert len(decode_timestamp_response(ordered).signed_data.certificates) == 2
    assert sorted(ordered) == sorted(reply)
    assert chained.verify(b"another note\n", ordered)
    single = plain.reply(old_request())
    assert order_certificates(single) == single


@given(st.binary(max_size=60) | st.binary(max_size=40).map(lambda each: b"\x30\x80" + each))
def test_what_is_no_reply_is_left_as_it_is(data: bytes) -> None:
    assert sorted(order_certificates(data)) == sorted(data)
    assert check_timestamp(b"note\n", data, ()).state in ("unverified_here", "broken")


def test_a_cut_reply_is_never_stamped(
    ledger: Ledger, checkpoint: Checkpoint, chained: Authority
) -> None:
    add_root(ledger, chained.root)
    _, path = kept_reply(ledger, checkpoint, chained)
    whole, roots = path.read_bytes(), read_roots(ledger)
    for size in range(0, len(whole), 61):
        assert check_timestamp(checkpoint.note, whole[:size], roots).state != "stamped"


@pytest.mark.parametrize("pem", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nx\n"])
def test_a_root_that_is_none_is_refused(ledger: Ledger, pem: bytes) -> None:
    with pytest.raises(StampFaulty, match="PEM"):
        add_root(ledger, pem)
    (ledger.folder / "trust").mkdir(parents=True)
    (ledger.folder / "trust" / "ours.pem").write_bytes(pem)
    with pytest.raises(StampFaulty, match=r"ours\.pem"):
        read_roots(ledger)
