"""Rooms by capability, doors by actor: see the map in README.md."""
