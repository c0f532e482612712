"""`likert`: a plain list, the points of a scale. Never scored."""

from courses.questions.draft import Draft
from courses.questions.options import read_options
from schemas.questions import Likert


def build(draft: Draft) -> Likert | None:
    """The question, or None after its mistakes were told."""
    common, scale = draft.common(), read_options(draft)
    return Likert(**common, scale=scale) if draft.sound else None
