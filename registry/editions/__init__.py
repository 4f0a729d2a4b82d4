"""Editions of the terms that the Ministry makes in the portal: changed, proposed, published by two people."""
