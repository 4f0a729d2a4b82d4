"""Memoranda: drafted, offered, signed, countersigned, ended."""
