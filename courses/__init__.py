"""Markdown folder to Course: reader, parser, questions, checks, sample courses."""
