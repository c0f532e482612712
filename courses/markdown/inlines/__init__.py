"""Inline rules of our own, in markdown-it's sense: one a file."""
