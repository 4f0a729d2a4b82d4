"""The organisation's file: registration, questions, decision."""
