"""Doors for everybody, no account needed."""
