"""`numeric`: `= 42`, `= 3.14 ± 0.01`, `= 1..5`."""

import re
from decimal import Decimal

from courses.questions.answers import Answer, normalised, read_one
from courses.questions.draft import Draft
from schemas.questions import Numeric
from schemas.text import Text

_NUMBER = r"[+\-−]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,12})?"
_EXACT = re.compile(_NUMBER)
_TOLERANCE = re.compile(rf"({_NUMBER})\s*(?:±|\+-|\+/-)\s*({_NUMBER})")
_RANGE = re.compile(rf"({_NUMBER})\s*(?:\.\.\.?|…|~)\s*({_NUMBER})")
_ADVICE = Text(
    "在题干之后写一行“= 数值”，如“= 42”“= 3.14 ± 0.01”“= 1..5”。",
    "Write “= number” on a line after the prompt: “= 42”, “= 3.14 ± 0.01”, “= 1..5”.",
)
_NOT_A_NUMBER = Text("应是一个数，单位写在题干里", "it is a number; say its unit in the prompt")
_EMPTY_RANGE = Text("范围的下限大于上限", "the range begins above its end")
_NEGATIVE = Text("允许的误差不能是负数", "a tolerance is not negative")


def build(draft: Draft) -> Numeric | None:
    """The question, or None after its mistakes were told."""
    common, answer = draft.common(), read_one(draft, _ADVICE)
    if answer is None:
        return None
    bounds = _bounds(draft, answer)
    if bounds is None or not draft.sound:
        return None
    low, high = bounds
    return Numeric(**common, low=float(low), high=float(high))


def _bounds(draft: Draft, answer: Answer) -> tuple[Decimal, Decimal] | None:
    """The lowest and highest right number. Decimal, so that 3.14 − 0.01 is 3.13."""
    text = normalised(answer.text)
    reason, example = _NOT_A_NUMBER, "= 3.14 ± 0.01"
    if _EXACT.fullmatch(text):
        return _number(text), _number(text)
    if match := _TOLERANCE.fullmatch(text):
        middle, tolerance = _number(match[1]), _number(match[2])
        if tolerance >= 0:
            return middle - tolerance, middle + tolerance
        reason = _NEGATIVE
    elif match := _RANGE.fullmatch(text):
        low, high = _number(match[1]), _number(match[2])
        if low <= high:
            return low, high
        reason, example = _EMPTY_RANGE, f"= {high}..{low}"
    draft.tell("bad-answer", answer.place, found=answer.text[:40], reason=reason, example=example)
    return None


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("−", "-"))
