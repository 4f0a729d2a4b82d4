"""Everything that can be done with an organisation's file."""
