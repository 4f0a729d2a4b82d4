"""Khmer digits, dates and list letters, for numbers and dates that stand in Khmer text."""

from __future__ import annotations

from datetime import date

_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
_MONTHS = (
    *("មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា"),
    *("កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ"),
)
_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# The order in which Khmer lists are lettered; ដ ឋ follow ញ as in the alphabet.
_LETTERS = "កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវសហឡអ"


def khmer_digits(number: int | str) -> str:
    """Write the Latin digits of a number (or of a text that holds one) as Khmer digits."""
    return str(number).translate(_DIGITS)


def khmer_date(day: date) -> str:
    """Write a solar date as Cambodian letters do: ថ្ងៃទី២០ ខែកុម្ភៈ ឆ្នាំ២០១៨ (mcs.gov.kh).

    The lunar line is never computed: the Buddhist year changes at Visakh Bochea, and a wrong one on a state
    paper is worse than a dotted line filled in by hand.
    """
    return khmer_digits(f"ថ្ងៃទី{day.day} ខែ{_MONTHS[day.month - 1]} ឆ្នាំ{day.year}")


def english_date(day: date) -> str:
    """Write a date as 20 February 2018, whatever the machine's locale."""
    return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"


def khmer_letter(position: int) -> str:
    """Give the Khmer letter of a list's item, from position 1. Raises IndexError after the last letter."""
    return _LETTERS[_index(position)]


def english_letter(position: int) -> str:
    """Give the Latin letter of a list's item; the first has position 1. Raises IndexError after z."""
    return "abcdefghijklmnopqrstuvwxyz"[_index(position)]


def _index(position: int) -> int:
    if position < 1:
        raise IndexError(position)
    return position - 1
