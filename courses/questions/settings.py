"""What the braces of a question say: `{#q1 points=2 objectives="o1 o2" attempts=2 shuffle}`."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from schemas.diagnostics import Place
from schemas.text import Text

if TYPE_CHECKING:
    from courses.markdown.attributes import Attribute
    from courses.markdown.page import Page

_IDENTIFIER = re.compile(r"\w[\w.-]{0,79}")
_MOST_POINTS = 1000.0
_MOST_ATTEMPTS = 99
_BAD_IDENTIFIER = Text(
    "标识只用字母、数字、汉字和连字符，最长 80 个字符",
    "an identifier has letters, digits and hyphens, 80 at most",
)
_BAD_POINTS = Text("分值是 0 到 1000 之间的数", "points are a number from 0 to 1000")
_BAD_ATTEMPTS = Text("作答次数是 1 到 99 之间的整数", "attempts are a whole number from 1 to 99")
_BAD_SHUFFLE = Text("shuffle 后面只能是 true 或 false", "shuffle is true or false")
_KNOWN = "#id, points, attempts, objectives, shuffle"


class Settings(msgspec.Struct):
    """The settings of one question, with their defaults."""

    id: str = ""
    points: float = 1.0
    attempts: int = 1
    shuffle: bool = False
    objectives: tuple[str, ...] = ()


def read(page: "Page", found: "Sequence[Attribute]", place_of: "Callable[[Attribute], Place]") -> Settings:
    """The settings; what can't be read is told and keeps its default."""
    settings = Settings()
    for attribute in found:
        if attribute.name not in _READERS:
            page.tell("unknown-attribute", place_of(attribute), name=attribute.name, known=_KNOWN)
            continue
        reason = _READERS[attribute.name](settings, attribute.value)
        if reason is not None:
            written = (
                f"#{attribute.value}" if attribute.name == "id" else f"{attribute.name}={attribute.value}"
            )
            page.tell(
                "bad-attribute",
                place_of(attribute),
                found=written,
                reason=reason,
                example=_EXAMPLES[attribute.name],
            )
    return settings


def _identifier(settings: Settings, value: str) -> Text | None:
    if not _IDENTIFIER.fullmatch(value):
        return _BAD_IDENTIFIER
    settings.id = value
    return None


def _points(settings: Settings, value: str) -> Text | None:
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,4})?", value) or float(value) > _MOST_POINTS:
        return _BAD_POINTS
    settings.points = float(value)
    return None


def _attempts(settings: Settings, value: str) -> Text | None:
    if not re.fullmatch(r"[0-9]{1,2}", value) or not 1 <= int(value) <= _MOST_ATTEMPTS:
        return _BAD_ATTEMPTS
    settings.attempts = int(value)
    return None


def _shuffle(settings: Settings, value: str) -> Text | None:
    if value not in ("", "true", "false"):
        return _BAD_SHUFFLE
    settings.shuffle = value != "false"
    return None


def _objectives(settings: Settings, value: str) -> None:
    settings.objectives = (
        tuple(dict.fromkeys(re.split(r"[\s,，、]+", value.strip()))) if value.strip() else ()
    )


_READERS: dict[str, Callable[[Settings, str], Text | None]] = {
    "id": _identifier,
    "points": _points,
    "attempts": _attempts,
    "shuffle": _shuffle,
    "objectives": _objectives,
}
_EXAMPLES = {
    "id": "#q1",
    "points": "points=2",
    "attempts": "attempts=2",
    "shuffle": "shuffle",
    "objectives": 'objectives="o1 o2"',
}
