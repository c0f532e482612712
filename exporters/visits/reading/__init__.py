"""A programme's folder -> Programme and everything that is wrong with it."""

from exporters.visits.reading.programme import Reading, read_programme

__all__ = ["Reading", "read_programme"]
