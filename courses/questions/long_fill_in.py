"""`long-fill-in`: free text, with or without a model answer. Never scored."""

from courses.questions.draft import Draft
from schemas.questions import LongFillIn


def build(draft: Draft) -> LongFillIn | None:
    """The question, or None after its mistakes were told."""
    model = [token for block in draft.answers for token in block.tokens]
    common = draft.common()
    return LongFillIn(**common, model=draft.html(model)) if draft.sound else None
