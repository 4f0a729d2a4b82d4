"""For which organisations a new edition changes how many people are needed."""

from dataclasses import dataclass

from contracts.comparing import difference
from contracts.edition import Edition
from registry.organisations import queries as organisations
from registry.organisations.models import Organisation
from registry.views import compared


@dataclass(frozen=True)
class Affected:
    """One organisation, with a sentence for each post; `more` is people needed more (negative: fewer)."""

    organisation: Organisation
    sentences: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class People:
    """How many organisations were counted, and those for which something changes, the hardest hit first."""

    counted: int
    changed: tuple[Affected, ...]

    @property
    def needing_more(self) -> int:
        return sum(each.more > 0 for each in self.changed)

    @property
    def needing_fewer(self) -> int:
        return sum(each.more < 0 for each in self.changed)

    @property
    def posts(self) -> int:
        """People needed more in all organisations together."""
        return sum(max(0, each.more) for each in self.changed)


def people(old: Edition, new: Edition) -> People:
    """The estimate of every organisation that has described its work, before and after."""
    found = organisations.described()
    changed = []
    for each in found:
        posts = difference(old, new, organisations.profile_of(each)).posts
        if posts:
            sentences = tuple(compared.people(post) for post in posts)
            changed.append(Affected(each, sentences, sum(post.more for post in posts)))
    changed.sort(key=lambda each: (-each.more, each.organisation.reference))
    return People(len(found), tuple(changed))
