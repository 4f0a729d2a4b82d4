"""The sample registry, made once for a run and shared between its processes: making it takes a while."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def loaded_into(folder: Path) -> Path:
    """An instance folder that holds the sample registry; the first to ask makes it, the others wait."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        instance = folder / "instance"
        if not (folder / "done").exists():
            shutil.rmtree(instance, ignore_errors=True)
            instance.mkdir()
            for command in (("db", "upgrade"), ("sample", "load")):
                _flask(instance, *command)
            (folder / "done").touch()
    return instance


def _flask(instance: Path, *command: str) -> None:
    environment = {**os.environ, "INSTANCE": str(instance), "SAMPLE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", *command],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
