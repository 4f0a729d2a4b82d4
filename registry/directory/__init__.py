"""What the public may see, in tables of its own."""
