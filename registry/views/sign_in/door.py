"""The blueprint of this door; the page modules beside it hang their pages on it."""

from registry.views.pages import blueprint

sign_in = blueprint("sign_in")
