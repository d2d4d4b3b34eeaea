import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from answerable.engine.files import PART, place_folder, write_whole
from answerable.errors import OutputUnwritable, TableMissing


def test_an_error_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "answer.csv"
    path.write_text("old")

    def write_half() -> None:
        with write_whole(path) as file:
            file.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert [each.name for each in tmp_path.iterdir()] == ["answer.csv"]
    assert path.read_text() == "old"


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputUnwritable, match=r"could not be written"),
        write_whole(tmp_path / "missing" / "answer.csv"),
    ):
        pass


def test_an_error_of_ours_stays_itself(tmp_path: Path) -> None:
    with pytest.raises(TableMissing), place_folder(tmp_path / "kept"):
        raise TableMissing("suppliers.csv")


def test_a_folder_that_is_there_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    with pytest.raises(OutputUnwritable, match="exists already"), place_folder(tmp_path / "kept"):
        pass
    assert [each.name for each in tmp_path.iterdir()] == ["kept"]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a POSIX signal")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_kill_9_leaves_nothing_under_the_final_name(tmp_path: Path, what: str) -> None:
    script = textwrap.dedent(
        f"""
        import sys, time
        from pathlib import Path
        from answerable.engine.files import place_folder, write_whole
        final = Path({str(tmp_path)!r}) / "final"
        if {what!r} == "file":
            with write_whole(final) as file:
                file.write(b"half"); file.flush(); print("ready", flush=True); time.sleep(60)
        else:
            with place_folder(final) as part:
                (part / "half").write_text("half"); print("ready", flush=True); time.sleep(60)
        """
    )
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=10)
    process.stdout.close()
    left = [each.name for each in tmp_path.iterdir()]
    assert "final" not in left
    assert all(name.endswith(PART) for name in left)
