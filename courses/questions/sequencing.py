"""`sequencing`: an ordered list in the right order."""

from courses.questions.draft import Draft
from courses.questions.options import read_options
from schemas.questions import Sequencing


def build(draft: Draft) -> Sequencing | None:
    """The question, or None after its mistakes were told."""
    common, items = draft.common(), read_options(draft)
    return Sequencing(**common, items=items) if draft.sound else None
