"""Turns Word files into PDF with LibreOffice, one process each, shut off from the network and our files."""

import io
import json
import logging
import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import Literal

import pikepdf

Sandbox = Literal["required", "preferred"]

_LOG = logging.getLogger(__name__)
_FILTER = {
    "SelectPdfVersion": {"type": "long", "value": "2"},  # PDF/A-2b
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
    "ExportBookmarks": {"type": "boolean", "value": "true"},
    "ExportBookmarksToPDFDestination": {"type": "boolean", "value": "true"},
    "DisplayPDFDocumentTitle": {"type": "boolean", "value": "true"},
    "UseLosslessCompression": {"type": "boolean", "value": "true"},
    "ExportFormFields": {"type": "boolean", "value": "false"},
}
# What LibreOffice needs to see, read only; /var/cache holds the list of fonts.
_SEEN = ("/usr", "/lib", "/lib64", "/bin", "/etc", "/opt", "/var/cache/fontconfig")


class ConversionFailed(RuntimeError):
    """LibreOffice gave no PDF: it stopped, took too long, or could not read the file; .reason says which."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"no PDF could be made: {reason}")
        self.reason = reason


def convert_to_pdf(docx: bytes, *, timeout: float = 60, sandbox: Sandbox = "preferred") -> bytes:
    """Give the document as tagged PDF/A-2b with fonts embedded.

    `timeout` is in seconds; the process and its children are then ended. With sandbox "required" a machine
    that allows no sandbox makes no PDF; with "preferred" it makes one, and says so in the log.
    Raises ConversionFailed.
    """
    if not _is_word_file(docx):
        raise ConversionFailed("this is no Word file")
    with tempfile.TemporaryDirectory(prefix="conversion-") as place:
        folder = Path(place)
        (folder / "memorandum.docx").write_bytes(docx)
        _run(_command(folder, sandbox=sandbox), folder=folder, timeout=timeout)
        return _result(folder / "memorandum.pdf")


def _is_word_file(content: bytes) -> bool:
    """LibreOffice would make a PDF of anything, also of plain text that is only called .docx."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return "word/document.xml" in parts.namelist()
    except zipfile.BadZipFile:
        return False


def _result(path: Path) -> bytes:
    """LibreOffice exits with 0 even when it could not read the file, so the file itself is looked at."""
    if not path.is_file():
        raise ConversionFailed("LibreOffice wrote no file")
    if not path.read_bytes().startswith(b"%PDF"):
        raise ConversionFailed("what LibreOffice wrote is not a PDF")
    return _compact(path)


def _compact(path: Path) -> bytes:
    """Pack the thousands of small objects of a tagged PDF together, for a third of the size.

    LibreOffice also writes an action for opening the file, which the verifier rightly distrusts; it goes.
    """
    content = io.BytesIO()
    with pikepdf.open(path) as document:
        if "/OpenAction" in document.Root:
            del document.Root["/OpenAction"]
        document.save(content, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return content.getvalue()


def _command(folder: Path, *, sandbox: Sandbox) -> list[str]:
    office = shutil.which("soffice")
    if office is None:
        raise ConversionFailed("LibreOffice is not installed (soffice)")
    options = json.dumps(_FILTER, separators=(",", ":"))
    convert = [
        *(office, "--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault"),
        f"-env:UserInstallation=file://{folder}/profile",
        *("--convert-to", f"pdf:writer_pdf_Export:{options}", "--outdir", str(folder)),
        str(folder / "memorandum.docx"),
    ]
    if _can_isolate():
        return [*_isolation(folder), *convert]
    if sandbox == "required":
        raise ConversionFailed("this machine allows no sandbox (bwrap), and the settings require one")
    _LOG.warning("converting without a sandbox: bwrap cannot run here")
    return convert


def _isolation(folder: Path) -> list[str]:
    seen = [part for path in _SEEN if Path(path).exists() for part in ("--ro-bind", path, path)]
    return [
        *("bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv"),
        *("--setenv", "PATH", "/usr/bin:/bin", "--setenv", "HOME", str(folder)),
        *("--setenv", "LANG", "C.UTF-8"),
        *seen,
        *("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"),  # noqa: S108  a new one inside the sandbox
        *("--bind", str(folder), str(folder), "--chdir", str(folder)),
    ]


def _can_isolate() -> bool:
    """Ask bwrap itself, because containers often have it but forbid what it needs."""
    if shutil.which("bwrap") is None:
        return False
    trial = ["bwrap", "--unshare-all", "--die-with-parent", "--ro-bind", "/", "/", "true"]
    return subprocess.run(trial, capture_output=True, check=False, timeout=10).returncode == 0  # noqa: S603  fixed words


def _run(command: list[str], *, folder: Path, timeout: float) -> None:
    surroundings = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(folder), "LANG": "C.UTF-8"}
    with subprocess.Popen(  # noqa: S603  the words of the command are ours; the document is a file
        command,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired as problem:
            _end(process)
            raise ConversionFailed(f"it took longer than {timeout:g} seconds") from problem
    if code:
        raise ConversionFailed(f"LibreOffice ended with code {code}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and its children, which share its group; by name would end others' conversions."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
