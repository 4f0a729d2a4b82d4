"""Shapes of answers, one module for each page family."""
