"""Article 7 and Annex B."""
from contracts.blocks import Block


def resources(paper) -> list[Block]:
    return []


def budget(paper) -> list[Block]:
    return []
