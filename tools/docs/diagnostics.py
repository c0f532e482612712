"""An example and the cure of each diagnostic: those of `lingjun check` as their fixtures show them, those of
`lingjun export` with values filled in."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import exporters
from courses.checks import rule
from schemas.diagnostics import Rule, Severity
from schemas.text import Language, Text

FIXTURES = Path(__file__).parents[2] / "tests" / "fixtures" / "checks"

_SEVERITY = {
    Severity.ERROR: Text("**错误**：课程不能导出。", "**Error**: the course can't be exported."),
    Severity.WARNING: Text("**警告**：可以导出。", "**Warning**: the course can be exported."),
    Severity.NOTE: Text("**提示**：可以导出。", "**Note**: the course can be exported."),
}
_CURE = Text("改法：", "Cure: ")
_EXAMPLE: dict[str, dict[str, object]] = {
    "state-over-limit": {"worst": "4,826", "format": "scorm12", "limit": "4,096"},
    "title-shortened": {"length": 236, "limit": 200},
    "prerequisites-cut": {"all": 14, "kept": 9},
    "score-per-lesson": {"standard": "SCORM 1.2", "score": 80},
    "every-lesson-required": {"share": 75},
    "package-over-2-gib": {"size": "2,600"},
}


def diagnostic(code: str, language: Language) -> str:
    """Severity, and what `lingjun check` prints for the fixture of that name."""
    text = (FIXTURES / code / "expected.txt").read_text(encoding="utf-8")
    blocks = text.strip("\n").split("\n\n")
    half = len(blocks) // 2
    shown = blocks[half:] if language == "en" else blocks[:half]
    examples = "\n\n".join(shown)
    return f"{_SEVERITY[rule(code).severity].say(language)}\n\n````text\n{examples}\n````"


def export_rules() -> dict[str, Rule]:
    """What `exporters` tells by itself, by code."""
    found = {}
    for module in iter_modules(exporters.__path__, "exporters."):
        if not module.ispkg:
            rules = [value for value in vars(import_module(module.name)).values() if isinstance(value, Rule)]
            found.update({one.code: one for one in rules})
    return found


def export_diagnostic(code: str, language: Language) -> str:
    """Severity, message and cure with example values."""
    one = export_rules()[code]
    values = _EXAMPLE.get(code, {})
    message = one.message.format(**values).say(language)
    cure = one.cure.format(**values).say(language)
    return f"{_SEVERITY[one.severity].say(language)}\n\n> {message}\n>\n> {_CURE.say(language)}{cure}"
