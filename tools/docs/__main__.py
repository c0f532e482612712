"""Rewrites every page of `docs/` that has generated parts."""

import sys

from tools.docs.parts import DOCS, language_of_page, rewritten

for page in sorted(DOCS.glob("*.md")):
    before = page.read_text(encoding="utf-8")
    after = rewritten(before, language_of_page(page))
    if after != before:
        page.write_text(after, encoding="utf-8")
        sys.stdout.write(f"{page.name}\n")
