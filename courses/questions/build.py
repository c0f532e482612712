"""The question types by name."""

from collections.abc import Callable

from courses.questions import (
    choice,
    fill_in,
    likert,
    long_fill_in,
    matching,
    numeric,
    sequencing,
    true_false,
)
from courses.questions.draft import Draft
from schemas.questions import Question

TYPES: dict[str, Callable[[Draft], Question | None]] = {
    "choice": choice.build,
    "true-false": true_false.build,
    "fill-in": fill_in.build,
    "long-fill-in": long_fill_in.build,
    "numeric": numeric.build,
    "matching": matching.build,
    "sequencing": sequencing.build,
    "likert": likert.build,
}
