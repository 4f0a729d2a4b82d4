"""What poppler's pdfsig says about a file: a second engine for tests and for the command line, never the
verdict.

pdfsig calls a page "valid" on which a shadow attack has drawn other numbers, and exits 0 on a digest that
does not match. It is therefore asked only whether it agrees about integrity, and its text is read, never
its exit code.
"""

import re
import subprocess
import tempfile
from pathlib import Path

_SECONDS = 30
_LINE = re.compile(r"^\s*- Signature Validation: (.+)$", re.MULTILINE)
VALID = "Signature is Valid."


class NoSecondOpinion(Exception):
    """pdfsig is not installed or did not answer in time."""


def second_opinion(pdf: bytes) -> list[str]:
    """What pdfsig says of each signature in order of its fields, for instance ["Signature is Valid."].

    An empty list means that it saw no signature. Raises NoSecondOpinion when pdfsig cannot be run.
    """
    with tempfile.TemporaryDirectory(prefix="second-opinion-") as folder:
        path = Path(folder) / "file.pdf"
        path.write_bytes(pdf)
        command = ("/usr/bin/pdfsig", "-nocert", str(path))  # the chain of certificates is ours to judge
        home = {"HOME": folder, "LC_ALL": "C.UTF-8"}  # not the certificate store of whoever runs this
        try:
            answer = subprocess.run(  # noqa: S603 a fixed command
                command, capture_output=True, check=False, timeout=_SECONDS, env=home
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NoSecondOpinion(str(error)) from error
    return _LINE.findall(answer.stdout.decode(errors="replace"))
