"""What is written in one cell -> what front matter would have there. ValueError where it can't be understood."""

import re
from collections.abc import Iterator

_SEPARATOR = re.compile(r"\s*[;；、\n]\s*")
_BETWEEN = re.compile(r"\s*[;；、,，\n]\s*")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?")
_PERIOD = re.compile(
    r"(?P<first>\d{4}-\d\d-\d\d)(?:\s*(?:[~～至到–—-]+|to|/)\s*(?P<last>\d{4}-\d\d-\d\d))?\s*(?P<half>上午|下午|am|pm)?"
)
_HALVES = {"上午": ["am"], "am": ["am"], "下午": ["pm"], "pm": ["pm"]}
_TIMES = re.compile(r"[x×*](\d{1,3})|(\d{1,3})次")
_INDUSTRY = re.compile(r"[A-T]\d{0,4}")
_DURATIONS = {"全天": "day", "一天": "day", "day": "day", "半天": "half-day", "half-day": "half-day"}
_YES = {
    "是": True,
    "yes": True,
    "true": True,
    "1": True,
    "否": False,
    "no": False,
    "false": False,
    "0": False,
}


def several(written: str) -> list[str]:
    """Things with semicolons between them."""
    return [part for part in _SEPARATOR.split(written) if part]


def yes(written: str) -> bool:
    """“是” or “no”."""
    try:
        return _YES[written.lower()]
    except KeyError as error:
        raise ValueError(written) from error


def closures(written: str) -> list[dict[str, str]]:
    """Single days and periods, whole days all."""
    periods = list(_periods(written))
    if any(one["half"] for one in periods):
        raise ValueError(written)
    return [{"starts": one["first"], "ends": one["last"] or one["first"]} for one in periods]


def days(written: str) -> list[dict[str, object]]:
    """Single days and periods, in the morning, in the afternoon, or both."""
    return [
        {
            "from": one["first"],
            "to": one["last"] or one["first"],
            "halves": _HALVES.get(one["half"], ["am", "pm"]),
        }
        for one in _periods(written)
    ]


def needs(written: str) -> list[dict[str, object]]:
    """Needs such as `digital-empowerment ×2` and `C34 全天`, semicolons between several."""
    return [_need(part.split()) for part in several(written)]


def _need(words: list[str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for word in words:
        times = _TIMES.fullmatch(word)
        if times:
            key, value = "count", times[1] or times[2]
        elif word in _DURATIONS:
            key, value = "duration", _DURATIONS[word]
        else:
            key, value = ("industry" if _INDUSTRY.fullmatch(word) else "theme"), word
        if key in found:
            raise ValueError(word)
        found[key] = value
    return found


def _periods(written: str) -> Iterator[re.Match[str]]:
    plain = _DAY.sub(lambda day: f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}", written)
    for part in filter(None, _BETWEEN.split(plain.strip())):
        found = _PERIOD.fullmatch(part)
        if found is None:
            raise ValueError(part)
        yield found
