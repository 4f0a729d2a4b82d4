"""Accounts, roles and sign-in; who may do what."""
