"""Doors to accounts: register, sign in, own account."""
