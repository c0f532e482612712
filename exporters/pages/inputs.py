"""The native inputs of each question type: one function a type."""

import hashlib
import re
from functools import singledispatch
from html import escape

from exporters.pages.words import Words
from schemas.questions import (
    Choice,
    FillIn,
    Likert,
    LongFillIn,
    Matching,
    Numeric,
    Option,
    Question,
    Sequencing,
    TrueFalse,
)

_BLANK = re.compile(r'<span(?=[^>]* data-blank="(\d+)")[^>]*></span>')


@singledispatch
def inputs(question: Question, _name: str, _say: Words) -> str:
    """The HTML of the question's inputs; the name begins every identifier in it."""
    raise TypeError(type(question))


@inputs.register
def _(question: Choice, name: str, _say: Words) -> str:
    return _boxes(question.options, name, "checkbox" if question.multiple else "radio")


@inputs.register
def _(_question: TrueFalse, name: str, say: Words) -> str:
    options = (Option("true", say.true, say.true), Option("false", say.false, say.false))
    return _boxes(options, name, "radio")


@inputs.register
def _(question: Likert, name: str, _say: Words) -> str:
    return _boxes(question.scale, name, "radio")


@inputs.register
def _(_question: FillIn, _name: str, _say: Words) -> str:
    return ""  # they stand in the prompt


@inputs.register
def _(_question: LongFillIn, name: str, say: Words) -> str:
    return (
        f'<label class="field-label" for="{name}-text">{say.your_answer}</label>'
        f'<textarea id="{name}-text" name="text" rows="6"></textarea>'
    )


@inputs.register
def _(_question: Numeric, name: str, say: Words) -> str:
    return (
        f'<label class="field-label" for="{name}-number">{say.number}</label>'
        f'<input type="text" class="number" id="{name}-number" name="number" inputmode="decimal" '
        'autocomplete="off">'
    )


@inputs.register
def _(question: Matching, name: str, say: Words) -> str:
    """Each source beside a menu of all targets. A menu holds plain text only, so targets show as text."""
    menu = f'<option value="">{say.pick}</option>' + "".join(
        f'<option value="{target.id}">{escape(target.text)}</option>'
        for target in mixed(question, question.targets)
    )
    rows = "".join(
        f'<div class="pair" data-option="{source.id}"><label for="{name}-{source.id}">{source.html}</label>'
        f'<select id="{name}-{source.id}" name="{source.id}">{menu}</select></div>'
        for source in question.sources
    )
    left, right = (escape(header) for header in question.headers)
    return (
        '<div class="pairs"><div class="pair pair-heads" aria-hidden="true">'
        f"<span>{left}</span><span>{right}</span></div>{rows}</div>"
    )


@inputs.register
def _(question: Sequencing, _name: str, say: Words) -> str:
    items = "".join(
        f'<li data-option="{item.id}"><div class="item">{item.html}</div></li>'
        for item in mixed(question, question.items)
    )
    return f'<p class="hint">{say.order_hint}</p><ol class="sequence">{items}</ol>'


def _boxes(options: tuple[Option, ...], name: str, kind: str) -> str:
    """Radio buttons or check boxes, each with its label and its hidden feedback."""
    rows = []
    for option in options:
        key = f"{name}-{option.id}"
        feedback = f'<div class="option-feedback" hidden>{option.feedback}</div>' if option.feedback else ""
        rows.append(
            f'<div class="option" data-option="{option.id}"><label for="{key}">'
            f'<input type="{kind}" name="{name}" id="{key}" value="{option.id}">'
            f'<span class="option-text">{option.html}</span></label>{feedback}</div>'
        )
    return f'<div class="options">{"".join(rows)}</div>'


def blanks(prompt: str, say: Words) -> str:
    """The prompt of a fill-in with a text input where each blank stands."""

    def field(blank: re.Match[str]) -> str:
        number = blank[1]
        return (
            f'<input type="text" class="blank" name="blank-{number}" aria-label="{say.blank.format(number)}" '
            'autocomplete="off" autocapitalize="off" spellcheck="false">'
        )

    return _BLANK.sub(field, prompt)


def mixed(question: Question, options: tuple[Option, ...]) -> tuple[Option, ...]:
    """The options in an order that gives nothing away and is the same in every export.

    By hash, turned by one where that happens to be the right order.
    """
    by_hash = sorted(options, key=lambda o: hashlib.sha256(f"{question.id}\n{o.id}".encode()).digest())
    if len(by_hash) > 1 and tuple(by_hash) == options:
        by_hash.append(by_hash.pop(0))
    return tuple(by_hash)
