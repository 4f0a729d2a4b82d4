"""Doors for the Ministry's people."""
