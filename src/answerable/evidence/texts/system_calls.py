"""What a confined process may not ask of Linux: a filter over system calls, and over paths.

No library is needed: both are a few calls of the C library. They hold for the process until it
ends and cannot be lifted, also not by machine code that got in through a fault of a parser.

Source:
    Linux kernel documentation, "Seccomp BPF" and "Landlock: unprivileged access control";
    `linux/audit.h`, `linux/filter.h`, `linux/landlock.h`.
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

_NAMES = (
    "socket socketpair bind listen accept accept4 connect sendto sendmsg execve execveat ptrace"
    " kill process_vm_readv process_vm_writev unlinkat renameat renameat2 mkdirat linkat symlinkat"
    " fchmod"
    " fchmodat fchownat fchown truncate mknodat mount umount2 pivot_root chroot setns unshare bpf"
    " perf_event_open keyctl add_key request_key userfaultfd io_uring_setup pidfd_open pidfd_getfd"
).split()
_X86_64 = (
    41, 53, 49, 50, 43, 288, 42, 44, 46, 59, 322, 101, 62, 310, 311, 263, 264, 316, 258, 265, 266,
    91, 268, 260, 93, 76, 259, 165, 166, 155, 161, 308, 272, 321, 298, 250, 248, 249, 323, 425, 434,
    438,
)  # fmt: skip
_X86_64_ONLY = (57, 58, 82, 83, 84, 85, 86, 87, 88, 90, 92, 94, 133)
"""fork vfork rename mkdir rmdir creat link unlink symlink chmod chown lchown mknod."""
_AARCH64 = (
    198, 199, 200, 201, 202, 242, 203, 206, 211, 221, 281, 117, 129, 270, 271, 35, 38, 276, 34, 37,
    36, 52, 53, 54, 55, 45, 33, 40, 39, 41, 51, 268, 97, 280, 241, 219, 217, 218, 282, 425, 434,
    438,
)  # fmt: skip
_MACHINES = {
    "x86_64": (0xC000003E, (*_X86_64, *_X86_64_ONLY), {"clone": 56, "openat": 257, "open": 2}),
    "aarch64": (0xC00000B7, _AARCH64, {"clone": 220, "openat": 56}),
}
_CLONE3, _OPENAT2 = 435, 437
_CLONE_THREAD = 0x10000
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_X32 = 0x40000000
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_LANDLOCK_ALL, _LANDLOCK_READ = 0x1FFF, 0b1100
_LANDLOCK_READ_FILE = 0b0100


def refuse_calls() -> bool:
    """Refuse network, new processes, and changes to files; tell whether the system took it."""
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None or sys.maxsize < 2**32:
        return False
    program = b"".join(_program(*machine))
    block = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("@HP", len(program) // 8, ctypes.addressof(block))
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    pointer = ctypes.create_string_buffer(head, len(head))
    done: int = library.prctl(_SET_SECCOMP, _FILTER, pointer, 0, 0)
    return done == 0


def _program(architecture: int, refused: Iterable[int], special: dict[str, int]) -> Iterable[bytes]:
    """Give the filter's steps: (code, jump if true, jump if false, value)."""
    yield _step(_LOAD, 4)
    yield _step(_EQUAL, architecture, 1, 0)
    yield _step(_RETURN, _KILL)
    yield _step(_LOAD, 0)
    yield from (_step(_AT_LEAST, _X32, 0, 1), _refuse(errno.EPERM))
    for number in refused:
        yield from (_step(_EQUAL, number, 0, 1), _refuse(errno.EPERM))
    for number in (_CLONE3, _OPENAT2):  # their arguments lie in memory; callers fall back
        yield from (_step(_EQUAL, number, 0, 1), _refuse(errno.ENOSYS))
    yield _step(_EQUAL, special["clone"], 0, 4)
    yield from (_step(_LOAD, 16), _step(_ANY_BIT, _CLONE_THREAD, 1, 0), _refuse(errno.EPERM))
    yield _step(_RETURN, _ALLOW)
    for name, argument in (("openat", 2), ("open", 1)):
        if name in special:
            yield _step(_EQUAL, special[name], 0, 4)
            yield _step(_LOAD, 16 + 8 * argument)
            yield from (_step(_ANY_BIT, _WRITING, 0, 1), _refuse(errno.EPERM))
            yield _step(_RETURN, _ALLOW)
    yield _step(_RETURN, _ALLOW)


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


def _refuse(code: int) -> bytes:
    return _step(_RETURN, 0x00050000 | code)


def close_folders(readable: Iterable[str]) -> bool:
    """Refuse to read any file outside these folders, and to write any; tell whether it holds.

    Args:
        readable: Folders and files that stay readable; those that do not exist are passed over.
    """
    if sys.platform != "linux":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    attributes = ctypes.create_string_buffer(struct.pack("=Q", _LANDLOCK_ALL), 8)
    rules = library.syscall(_LANDLOCK_CREATE, attributes, ctypes.c_size_t(8), 0)
    if rules < 0:
        return False
    try:
        for path in readable:
            _allow_path(library, rules, path)
        if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
            return False
        done: int = library.syscall(_LANDLOCK_RESTRICT, rules, 0)
        return done == 0
    finally:
        os.close(rules)


def _allow_path(library: ctypes.CDLL, rules: int, path: str) -> None:
    try:
        file = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        allowed = _LANDLOCK_READ if Path(path).is_dir() else _LANDLOCK_READ_FILE
        rule = struct.pack("=Qi", allowed, file)
        library.syscall(_LANDLOCK_ADD, rules, 1, ctypes.create_string_buffer(rule, len(rule)), 0)
    finally:
        os.close(file)
