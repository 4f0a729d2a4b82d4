"""Khmer digits, dates and letters."""

from datetime import date

import pytest

from contracts.khmer import english_date, english_letter, khmer_date, khmer_digits, khmer_letter


def test_digits_are_written_in_khmer_and_nothing_else_is_touched() -> None:
    assert khmer_digits(1234567890) == "១២៣៤៥៦៧៨៩០"
    assert khmer_digits("12.5 CM-03") == "១២.៥ CM-០៣"


def test_a_date_reads_as_in_the_letter_it_was_taken_from() -> None:
    assert khmer_date(date(2018, 2, 20)) == "ថ្ងៃទី២០ ខែកុម្ភៈ ឆ្នាំ២០១៨"
    assert english_date(date(2018, 2, 20)) == "20 February 2018"


def test_every_month_has_a_name_of_its_own_in_both_languages() -> None:
    days = [date(2026, month, 1) for month in range(1, 13)]
    assert len({khmer_date(day) for day in days}) == 12
    assert [english_date(day).split()[1] for day in days][::11] == ["January", "December"]


def test_list_letters_follow_the_alphabet_and_stop_at_its_end() -> None:
    assert [khmer_letter(position) for position in range(1, 11)] == list("កខគឃងចឆជឈញ")
    assert english_letter(10) == "j"
    for beyond in (0, 40):
        with pytest.raises(IndexError):
            khmer_letter(beyond)
