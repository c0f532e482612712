"""`choice`: a task list; one `[x]` is single choice, several are multiple."""

from courses.questions.draft import Draft
from courses.questions.options import ADVICE, read_options
from schemas.questions import Choice


def build(draft: Draft) -> Choice | None:
    """The question, or None after its mistakes were told."""
    common, options = draft.common(), read_options(draft)
    if options and not any(option.correct for option in options):
        draft.tell("no-right-answer", advice=ADVICE["choice"])
    return Choice(**common, options=options) if draft.sound else None
