"""Courses that strangers send: received, judged and read without harm to anyone else."""
