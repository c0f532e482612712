"""A trial run: a course played in the browser as an LMS would play it, with every statement or value shown as it
arrives and every rule it breaks. A tool for authors and tests; learners' results belong in the store that their
LMS names.
"""
