"""The frame of each page: head with the policy, the style in the page itself, title bar, the way to the other language."""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

from exporters.visits.output import themes, words
from exporters.visits.output.naming import file_name
from exporters.visits.output.schedule import Appointment, Schedule
from schemas.text import Language, Text

_SKIP = Text("跳到正文", "Skip to the content")
_OTHER = {"zh": "English", "en": "中文"}
_OTHER_TAG = {"zh": "en", "en": "zh-CN"}
_HOME = Text("全部日历", "Whole calendar")
_STATE = Text("截至 {day}。时间均为北京时间。", "As of {day}. All times are China standard time.")
_LANGUAGES = Text("语言", "Language")

# The fills and inks of `themes.PALETTE` in a dark theme; each pair keeps 4.5:1 (WCAG 2.2, 1.4.3).
_DARK = (
    ("#1c3150", "#b5d3ff"),
    ("#17392a", "#aee6c0"),
    ("#45300f", "#ffd9a0"),
    ("#33264f", "#d9c8ff"),
    ("#12393c", "#a8e4ea"),
    ("#4a1c2c", "#ffc4d2"),
    ("#3a3714", "#eae3a0"),
    ("#2d3540", "#d5dce6"),
)


class Pages:
    """Pages in one language, with the addresses of all others."""

    def __init__(self, schedule: Schedule, language: Language) -> None:
        self.schedule = schedule
        self.language = language

    def say(self, text: Text) -> str:
        """The words in the pages' language, safe in HTML."""
        return escape(words.plain(text.say(self.language)))

    def cohort(self, identifier: str) -> str:
        """The path of a class's page from the folder of the language."""
        return f"classes/{file_name(identifier)}.html"

    def host(self, identifier: str) -> str:
        """The path of a host's page from the folder of the language."""
        return f"hosts/{file_name(identifier)}.html"

    def theme(self, slug: str) -> str:
        """The class of a theme's colours."""
        number = themes.numbers(self.schedule).get(slug)
        return f"t{number}" if number is not None else "t7"

    def theme_name(self, one: Appointment) -> str:
        """The theme in words; empty where there is none."""
        return self.say(self.schedule.themes[one.theme]) if one.theme else ""

    def document(self, path: str, title: Text, main: str, *, description: Text | None = None) -> bytes:
        """A whole page. `path` is its own, from the folder of the language."""
        up = "../" * path.count("/")
        other = f"{up}en/{path}" if self.language == "zh" else f"{up}../{path}"
        shown = self.say(title)
        sample = f' <span class="sample">{self.say(words.SAMPLE)}</span>' if self.schedule.plan.sample else ""
        home = "" if path == "index.html" else f'<a href="{up}index.html">← {self.say(_HOME)}</a>'
        lang = "zh-CN" if self.language == "zh" else "en"
        about = self.say(description) if description else shown
        state = self.say(_STATE.format(day=f"{self.schedule.stamp:%Y-%m-%d}"))
        return (
            f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy()}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<title>{shown}</title>\n<meta name="description" content="{about}">\n<link rel="icon" href="data:,">\n'
            f"<style>{style()}</style>\n</head>\n<body>\n"
            f'<a class="skip" href="#main">{self.say(_SKIP)}</a>\n'
            f"<header><div>{home}{sample}</div>"
            f'<nav aria-label="{self.say(_LANGUAGES)}"><a href="{other}" hreflang="{_OTHER_TAG[self.language]}" '
            f'lang="{_OTHER_TAG[self.language]}">{_OTHER[self.language]}</a></nav></header>\n'
            f'<main id="main">\n<h1>{shown}</h1>\n{main}\n</main>\n<footer>{state}</footer>\n</body>\n</html>\n'
        ).encode()


def facts(pairs: Sequence[tuple[str, str]]) -> str:
    """A list of named facts, those that say something; both sides are HTML."""
    rows = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in pairs if value)
    return f'<dl class="facts">{rows}</dl>' if rows else ""


@cache
def style() -> str:
    """The style of every page."""
    written = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
    light = _colours(themes.PALETTE)
    return f"{written}{light}@media screen and (prefers-color-scheme: dark) {{ {_colours(_DARK)} }}\n"


def _colours(palette: Sequence[tuple[str, str]]) -> str:
    return "".join(
        f".t{number} {{ background: {fill}; color: {ink}; border-color: {ink}; }}\n"
        f".card.c{number} {{ border-left-color: {ink}; }}\n"
        for number, (fill, ink) in enumerate(palette)
    )


@cache
def policy() -> str:
    """Nothing but this very style: no script, no request to anywhere, `file:` included."""
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
