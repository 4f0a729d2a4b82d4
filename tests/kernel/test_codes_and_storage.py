"""Codes that catch slips of the hand, and files that are what their name says."""

from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from registry.kernel import codes, settings, storage


@given(place=st.integers(0, 10), letter=st.sampled_from(codes.ALPHABET))
def test_one_wrong_character_is_always_caught(place: int, letter: str) -> None:
    code = codes.new_code(11)
    changed = code[:place] + letter + code[place + 1 :]
    assert codes.is_well_formed(changed) == (changed == code)


@given(place=st.integers(0, 9))
def test_two_swapped_neighbours_are_always_caught(place: int) -> None:
    code = codes.new_code(11)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert codes.is_well_formed(swapped) == (swapped == code)


def test_spaces_hyphens_and_small_letters_do_not_matter() -> None:
    assert codes.as_typed(" ab-cd 23 ") == "ABCD23"


def test_a_kept_file_comes_back_and_a_changed_one_does_not(registry: Flask) -> None:
    name = storage.keep(b"a paper")
    assert storage.fetch(name) == b"a paper"
    next(settings.current().documents.rglob(name)).write_bytes(b"another paper")
    with pytest.raises(storage.Missing):
        storage.fetch(name)


def test_a_protected_file_is_not_readable_on_the_disk(registry: Flask) -> None:
    name = storage.keep(b"Hidden street 271", protected=True)
    path = next(settings.current().documents.rglob(name))
    assert b"271" not in path.read_bytes()
    assert storage.fetch(name, protected=True) == b"Hidden street 271"
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63])
def test_a_name_that_is_no_digest_is_never_a_path(registry: Flask, name: str) -> None:
    with pytest.raises(storage.Missing):
        storage.fetch(name)


def test_secrets_are_made_once_and_only_their_owner_can_read_them(tmp_path: Path) -> None:
    first = settings.read({"INSTANCE": str(tmp_path)}, root=tmp_path)
    again = settings.read({"INSTANCE": str(tmp_path)}, root=tmp_path)
    assert (first.secret_key, first.field_key) == (again.secret_key, again.field_key)
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "keys").iterdir())
