"""The doors: web pages and commands, one module for each actor."""
