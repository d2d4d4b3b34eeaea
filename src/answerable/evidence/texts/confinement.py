"""Confining this very process before it opens bytes that may have been made to do harm.

What holds where:

- Everywhere: a process of its own, without our environment, ended when its time is over; its
  answer is bounded. Python code in it may not open connections, start programs or write files:
  that guards against mistakes, not against machine code.
- Linux on x86-64 and ARM64: the kernel refuses network, new processes and writing (`seccomp`);
  with Landlock (5.13 and later), also reading outside of Python and its packages.
- Linux elsewhere: where it is permitted, a network namespace without a network.
- Linux and macOS: limits on processor time, open files, and that nothing is written or dumped; on
  Linux on memory.
"""

import ctypes
import sys
import sysconfig
from typing import Any

from answerable.evidence.texts.system_calls import close_folders, refuse_calls

MAX_MEMORY_BYTES = 3_000_000_000
MAX_OPEN_FILES = 128
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_SYSTEM = tuple(
    "/usr /lib /lib64 /etc/ld.so.cache /etc/localtime /dev/urandom /dev/null /proc/self"
    " /proc/cpuinfo /sys/devices/system/cpu".split()
)
_REFUSED = tuple(
    "socket. subprocess. os.exec os.fork os.posix_spawn os.spawn os.system os.remove os.rename"
    " os.mkdir os.rmdir os.link os.symlink os.truncate os.chmod os.chown os.startfile shutil. pty."
    " webbrowser. urllib. ftplib. smtplib. winreg.".split()
)


def confine() -> tuple[str, ...]:
    """Confine this process for good; return which guards hold.

    Returns:
        Of `limits`, `system_calls`, `paths`, `network_namespace`, `python`; the last is no
        boundary against machine code.
    """
    held = []
    if _limit():
        held.append("limits")
    if close_folders(_readable()):
        held.append("paths")
    if refuse_calls():
        held.append("system_calls")
    elif _leave_network():
        held.append("network_namespace")
    sys.addaudithook(_refuse)
    return (*held, "python")


def limit_seconds(seconds: float) -> None:
    """Allow this process so much more processor time; nothing where there is no such limit."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(
        resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 2, hard)
    )


def _limit() -> bool:
    try:
        import resource
    except ImportError:  # Windows
        return False
    limits = {"RLIMIT_CORE": 0, "RLIMIT_FSIZE": 0, "RLIMIT_NOFILE": MAX_OPEN_FILES}
    if sys.platform == "linux":
        limits["RLIMIT_AS"] = MAX_MEMORY_BYTES
    for name, most in limits.items():
        kind = getattr(resource, name)
        _, hard = resource.getrlimit(kind)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (least, least))
    return True


def _readable() -> tuple[str, ...]:
    own = {path for path in sysconfig.get_paths().values() if path}
    kept = {each for each in (*sys.path, sys.prefix, sys.base_prefix, *own) if len(each) > 1}
    return (*sorted(kept), *_SYSTEM)


def _leave_network() -> bool:
    if sys.platform != "linux":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    unshare = getattr(library, "unshare", None)
    return unshare is not None and (
        unshare(_NEW_NETWORK) == 0 or unshare(_NEW_USER | _NEW_NETWORK) == 0
    )


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_REFUSED):
        raise PermissionError(f"{event} is refused while documents are read")
    if event == "open" and len(arguments) > 1:
        mode = arguments[1]
        if isinstance(mode, str) and set(mode) & set("wax+"):
            raise PermissionError("writing files is refused while documents are read")
