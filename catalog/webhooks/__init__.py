"""Telling other programs what happened: to whom it may be sent, how it is signed and sent, and when again."""
