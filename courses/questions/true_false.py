"""`true-false`: `= true` or `= false`, also 对, 错, 正确, 错误."""

from courses.questions.answers import normalised, read_one
from courses.questions.draft import Draft
from schemas.questions import TrueFalse
from schemas.text import Text

_WORDS = {"true": True, "对": True, "正确": True, "false": False, "错": False, "错误": False}
_ADVICE = Text("在题干之后写一行“= 对”或“= 错”。", "Write “= true” or “= false” on a line after the prompt.")
_REASON = Text("只能是 true、false、对、错、正确、错误", "it is true or false")


def build(draft: Draft) -> TrueFalse | None:
    """The question, or None after its mistakes were told."""
    common, answer = draft.common(), read_one(draft, _ADVICE)
    if answer is None:
        return None
    right = _WORDS.get(normalised(answer.text))
    if right is None:
        draft.tell("bad-answer", answer.place, found=answer.text[:40], reason=_REASON, example="= true")
    return TrueFalse(**common, answer=bool(right)) if draft.sound else None
