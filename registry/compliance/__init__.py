"""Duties falling due, reports, reminders, standing."""
