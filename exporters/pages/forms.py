"""Questions as real forms: native inputs with labels, usable by keyboard and screen reader as they stand.

Feedback, explanation and model answer are in the page, hidden until the player shows them.
"""

import re
from html import escape

from exporters.pages.inputs import blanks, inputs
from exporters.pages.words import Words, counted
from schemas.questions import Choice, FillIn, LongFillIn, Question, is_scored

_TITLED = re.compile(r"^<p>(?:解析|Explanation)[：:]\s*")  # authors often write the title that the page gives


def question_form(question: Question, number: int, say: Words) -> str:
    """One question as a `<section class="question">`; `number` counts from 1 in its lesson."""
    name = "question-" + escape(question.id)
    kind = question.__struct_config__.tag
    prompt = blanks(question.prompt, say) if isinstance(question, FillIn) else question.prompt
    return (
        f'<section class="question" id="{name}" data-question="{escape(question.id)}" data-type="{kind}" '
        f'aria-labelledby="{name}-legend"><form novalidate>'
        f'<fieldset aria-describedby="{name}-prompt"><legend id="{name}-legend">'
        f'<span class="question-number">{say.question.format(number)}</span> '
        f'<span class="question-about">{_about(question, say)}</span></legend>'
        f'<div class="prompt" id="{name}-prompt">{prompt}</div>{inputs(question, name, say)}</fieldset>'
        f'<div class="actions"><button type="submit" class="primary">{say.submit}</button></div>'
        f'<div class="outcome" hidden></div>{_reveals(question, say)}</form></section>'
    )


def _about(question: Question, say: Words) -> str:
    """Its type, and its points or that it isn't scored."""
    kind = "choices" if isinstance(question, Choice) and question.multiple else question.__struct_config__.tag
    worth = counted(question.points, say.one_point, say.points) if is_scored(question) else say.not_scored
    return f"{say.kinds[str(kind)]} · {worth}"


def _reveals(question: Question, say: Words) -> str:
    """What is shown once the answer is final."""
    parts = []
    if isinstance(question, LongFillIn) and question.model:
        parts.append(("model", say.model, question.model))
    if question.explanation:
        parts.append(("explanation", say.explanation, _TITLED.sub("<p>", question.explanation)))
    return "".join(
        f'<div class="{name}" hidden><p class="reveal-title">{title}</p>{html}</div>'
        for name, title, html in parts
    )
