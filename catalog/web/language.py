"""Which of the two languages a client reads."""

from typing import Any

from litestar import Request

from schemas.text import Language

AnyRequest = Request[Any, Any, Any]


def language_asked(request: AnyRequest) -> Language:
    """By Accept-Language (RFC 9110, 12.5.4): English when it is wanted more than Chinese, else Chinese."""
    wanted = {"zh": 0.0, "en": 0.0}
    for part in request.headers.get("Accept-Language", "").split(","):
        tag, _, parameter = part.strip().partition(";")
        primary = tag.strip().lower().split("-")[0]
        if primary in wanted:
            wanted[primary] = max(wanted[primary], _weight(parameter))
    return "en" if wanted["en"] > wanted["zh"] else "zh"


def _weight(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
