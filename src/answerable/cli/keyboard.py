"""One key from a terminal, without Enter, on every system."""

import sys


def read_char() -> str:
    """Return the next key that is typed; Ctrl-C interrupts as ever.

    Returns:
        A character; what an arrow or function key sends is passed over. Empty at the end of input.
    """
    try:
        import termios
        import tty
    except ImportError:  # Windows
        return _read_char_on_windows()
    stdin = sys.stdin.fileno()
    before = termios.tcgetattr(stdin)
    try:
        tty.setcbreak(stdin, termios.TCSADRAIN)  # what was typed ahead is kept
        return _skip_sequences()
    finally:
        termios.tcsetattr(stdin, termios.TCSADRAIN, before)


def _skip_sequences() -> str:
    key = sys.stdin.read(1)
    while key == "\x1b":
        key = sys.stdin.read(1)
        if key in ("[", "O"):
            while (key := sys.stdin.read(1)) and not (key.isalpha() or key == "~"):
                pass
            key = sys.stdin.read(1)
    return key


def _read_char_on_windows() -> str:
    import msvcrt

    key: str = msvcrt.getwch()  # type: ignore[attr-defined,unused-ignore]
    if key == "\x03":
        raise KeyboardInterrupt
    if key in ("\x00", "\xe0"):
        msvcrt.getwch()  # type: ignore[attr-defined,unused-ignore]
        return _read_char_on_windows()
    return key
