"""The blueprint of this door; the page modules beside it hang their pages on it."""

from registry.views.pages import blueprint

organisation = blueprint("organisation", under="/organisation")
