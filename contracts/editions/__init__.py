"""The editions of the terms, one folder each, and the command that makes their Word template."""
