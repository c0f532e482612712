"""Packages of published versions: built once, signed, listed, and rebuilt whenever they are missing."""
