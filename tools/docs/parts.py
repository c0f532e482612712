"""Finds the generated parts of a page and writes them anew."""

import re
from collections.abc import Callable
from pathlib import Path

from schemas.text import Language
from tools.docs import api, commands, diagnostics, front_matter, packages, visits

DOCS = Path(__file__).parents[2] / "docs"

_PART = re.compile(r"(<!-- generated: ([a-z-]+)(?: ([^ ]+))? -->\n).*?(<!-- end -->)", re.DOTALL)

# What stands in a part: a function of its argument (empty where it has none) and the page's language.
PARTS: dict[str, Callable[[str, Language], str]] = {
    "arguments": commands.arguments,
    "commands": commands.overview,
    "diagnostic": diagnostics.diagnostic,
    "export-diagnostic": diagnostics.export_diagnostic,
    "editions": front_matter.editions,
    "keys": front_matter.keys,
    "formats": packages.formats,
    "presets": packages.presets,
    "preset": packages.preset_details,
    "requirements": packages.requirements_table,
    "audiences": visits.audiences,
    "visit-diagnostics": visits.visit_diagnostics,
    "routes": api.routes,
}


def language_of_page(page: Path) -> Language:
    """`authoring.en.md` is English, `authoring.md` Chinese."""
    return "en" if page.name.endswith(".en.md") else "zh"


def rewritten(text: str, language: Language) -> str:
    """The page with each generated part as the code has it now. Raises KeyError for a part of an unknown name."""

    def part(match: re.Match[str]) -> str:
        content = PARTS[match[2]](match[3] or "", language)
        return f"{match[1]}\n{content.strip()}\n\n{match[4]}"

    return _PART.sub(part, text)
