"""Doors for an organisation's people."""
