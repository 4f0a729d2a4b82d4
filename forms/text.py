"""How posted text is cleaned before anybody reads it: normal form, nothing hidden, digits understood."""

import unicodedata

from flask_babel import gettext
from wtforms.validators import ValidationError

KHMER_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
LINE_BREAKS = "\n\t"

# Signs that turn the direction of writing can make one name read as another.
TURNING_SIGNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
NOT_FOR_XML = frozenset("\ufffe\uffff")


def hidden(character: str) -> bool:
    """Whether a character cannot be seen or printed: control signs, NUL, half characters, turning signs."""
    return (
        unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        or character in TURNING_SIGNS
        or character in NOT_FOR_XML
    )


def printable(text: str, *, allowed: str = "") -> str:
    """The text with a replacement sign for every hidden character, so that it can always be sent back."""
    return "".join("\ufffd" if hidden(one) and one not in allowed else one for one in text)


def refuse_hidden(text: str, *, allowed: str = "") -> None:
    """Refuse text with hidden characters; PostgreSQL, XML and UTF-8 each fail on some of them."""
    if any(hidden(one) and one not in allowed for one in text):
        raise ValidationError(
            gettext("This text holds hidden characters. Write it again by hand instead of pasting it.")
        )


def clean(text: str | None) -> str:
    """One line in normal form C, without outer spaces and zero-width signs, inner spaces made single."""
    parts = unicodedata.normalize("NFC", text or "").replace("\u00a0", " ").split(" ")
    return " ".join(part for part in parts if part).strip().strip(ZERO_WIDTH).strip()


def clean_lines(text: str | None) -> str:
    """Several lines: line ends made alike, ends stripped, Unicode normal form C."""
    lines = unicodedata.normalize("NFC", text or "").replace("\r\n", "\n").replace("\r", "\n")
    return lines.strip().strip(ZERO_WIDTH).strip()


def plain_digits(text: str) -> str:
    """Khmer digits as the digits 0 to 9, without spaces and zero-width signs."""
    return "".join(one for one in text.translate(KHMER_DIGITS) if not one.isspace() and one not in ZERO_WIDTH)
