"""Puts facts and parameters into the sentences of an edition, and remembers which numbers were used."""

import re
from collections.abc import Mapping

from contracts.articles import word_of
from contracts.edition import Edition
from contracts.facts import Bilingual, Facts, printable, printed_values
from contracts.khmer import khmer_digits
from contracts.records import Language, Parameter, Text

Pair = dict[str, str]

DOTTED = "………………"
_OPTIONAL = re.compile(r"\[\[(.*?)\]\]")
_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_LANGUAGES: tuple[Language, Language] = ("km", "en")


class UnknownName(KeyError):
    """A text of the edition asks for a fact or parameter that does not exist."""


class Filling:
    """Fills texts of one edition with one set of facts; `used` holds the parameters printed so far."""

    def __init__(self, edition: Edition, facts: Facts) -> None:
        self.edition = edition
        self.used: set[str] = set()
        self._parameters = {parameter.key: parameter for parameter in edition.parameters}
        self._facts = {language: dict(printed_values(facts, language)) for language in _LANGUAGES}
        for language in _LANGUAGES:
            self._facts[language]["edition"] = edition.name

    def set(self, name: str, value: Bilingual) -> None:
        """Give a name that texts may use the value that composing has made for it (a list, a digest)."""
        for language in _LANGUAGES:
            self._facts[language][name] = printable(value.of(language))

    def __call__(self, text: Text, **more: Bilingual) -> Pair:
        """Give a text in both languages. Raises UnknownName.

        [[ ... ]] is left out when a fact inside it is empty; elsewhere an empty fact shows as a dotted line.
        A value is never read as a text again, so braces in a name stay braces.
        """
        return {language: self._fill(text.of(language), language, more) for language in _LANGUAGES}

    def word(self, key: str, **more: Bilingual) -> Pair:
        """Give the words that articles.toml keeps under this key."""
        return self(word_of(self.edition, key), **more)

    def number(self, key: str) -> Pair:
        """Give the value of a parameter with its unit."""
        unit = self._parameter(key).unit
        return {
            language: f"{self._written(key, language)} {unit.of(language)}"
            if self._parameter(key).value is not None
            else self._written(key, language)
            for language in _LANGUAGES
        }

    def _fill(self, text: str, language: Language, more: Mapping[str, Bilingual]) -> str:
        known = dict(self._facts[language])
        known.update((name, printable(value.of(language))) for name, value in more.items())

        def optional(match: re.Match[str]) -> str:
            return match[1] if all(known.get(name, "?") for name in _PLACE.findall(match[1])) else ""

        def value(match: re.Match[str]) -> str:
            if match[1] in known:
                return known[match[1]] or DOTTED
            return self._written(match[1], language)

        return _PLACE.sub(value, _OPTIONAL.sub(optional, text))

    def _written(self, key: str, language: Language) -> str:
        value = self._parameter(key).value
        self.used.add(key)
        if value is None:
            return word_of(self.edition, "to_be_set").of(language)
        return khmer_digits(str(value)) if language == "km" else str(value)

    def _parameter(self, key: str) -> Parameter:
        if key not in self._parameters:
            raise UnknownName(key)
        return self._parameters[key]


def digits(number: int | str) -> Pair:
    """Give a number in Khmer and in Latin digits."""
    return {"km": khmer_digits(number), "en": str(number)}


def literal(value: str) -> Pair:
    """Give a typed value that reads the same in both languages."""
    return {"km": printable(value), "en": printable(value)}


def beside(first: Pair, second: Pair, between: str) -> Pair:
    """Join two bilingual texts, language by language."""
    return {language: f"{first[language]}{between}{second[language]}" for language in _LANGUAGES}
