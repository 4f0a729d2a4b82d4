"""Codes that people read aloud and type: no look-alike letters, and a check character that catches slips."""

import secrets
import unicodedata

# 31 characters, a prime number: the weighted sum below then catches every single slip and every swap.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_code(length: int) -> str:
    """A random code of `length` characters, the last one the check character."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(length - 1))
    return body + _check(body)


def is_well_formed(code: str) -> bool:
    """Whether the characters are ours and the check character fits."""
    return len(code) > 1 and all(letter in ALPHABET for letter in code) and _check(code[:-1]) == code[-1]


def as_typed(typed: str) -> str:
    """What somebody typed, brought to the written form: spaces, hyphens and small letters do not count."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(letter for letter in plain if letter.isalnum())


def _check(body: str) -> str:
    total = sum((place + 2) * ALPHABET.index(letter) for place, letter in enumerate(reversed(body)))
    return ALPHABET[-total % len(ALPHABET)]
