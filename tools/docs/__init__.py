"""Writes the parts of the documentation that repeat the code: `python -m tools.docs` after changing what they tell of.

A part stands between `<!-- generated: NAME … -->` and `<!-- end -->` in a file of `docs/`; `PARTS` holds a function
for each name. Everything else in `docs/` is written by hand.
"""
