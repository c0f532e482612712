"""Questions: their options marked before the text is read, and built when it has been."""

from collections.abc import Iterator

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from courses.markdown.attributes import Attribute, are_attributes, parse, trailing_braces
from courses.markdown.nearest import nearest
from courses.markdown.page import Page
from courses.markdown.rules.attributes import tell_look_alike
from courses.markdown.rules.containers import directive_attributes
from courses.questions.blocks import LISTS, answer_kind, cut
from courses.questions.build import TYPES
from courses.questions.draft import Draft
from courses.questions.settings import Settings, read
from schemas.diagnostics import Place
from schemas.questions import Choice, Likert, Matching, Question, Sequencing

# What authors call the types, in their own language or in other tools.
_MEANT = {
    "单选": "choice", "单选题": "choice", "多选": "choice", "多选题": "choice", "选择": "choice", "选择题": "choice",
    "single": "choice", "multiple": "choice", "multiple-choice": "choice", "判断": "true-false", "判断题": "true-false",
    "truefalse": "true-false", "填空": "fill-in", "填空题": "fill-in", "blank": "fill-in", "简答": "long-fill-in",
    "简答题": "long-fill-in", "essay": "long-fill-in", "问答题": "long-fill-in", "数值": "numeric", "计算题": "numeric",
    "number": "numeric", "连线": "matching", "匹配": "matching", "match": "matching", "排序": "sequencing",
    "排序题": "sequencing", "order": "sequencing", "量表": "likert", "scale": "likert",
}  # fmt: skip
_UNSCORED = ("long-fill-in", "likert")  # as `schemas.questions.is_scored` has it


def mark_answers(page: Page) -> None:
    """Before the text is read: find the list or table that answers, and take identifiers off its entries."""
    for start, end, kind in _questions(page.tokens):
        wanted = answer_kind(kind)
        found = [block for block in cut(page.tokens[start + 1 : end]) if block.kind == wanted]
        for token in page.tokens[start + 1 : end]:
            token.meta["question"] = kind
        if wanted != "answer" and found:
            answer = found[-1].tokens
            answer[0].meta["answers"] = True
            if kind in LISTS:
                for item in cut(answer[1:-1]):
                    _mark_item(page, item.tokens)


def _mark_item(page: Page, tokens: list[Token]) -> None:
    item = tokens[0]
    item.meta["option"] = ()
    if len(tokens) < 4 or tokens[2].type != "inline":
        return
    text = tokens[2]
    braces = trailing_braces(text.content)
    found = parse(braces) if braces else None
    if not braces or not found or not are_attributes(found, braces.source):
        return

    def place_of(attribute: Attribute) -> Place:
        return page.place_in(text, attribute.offset, attribute.length)

    if braces.look_alike:
        tell_look_alike(page, page.place_in(text, braces.offset, len(braces.source)), braces)
    item.meta["option"] = tuple((attribute, place_of(attribute)) for attribute in found)
    text.content = text.content[: braces.offset].rstrip()


def build_questions(page: Page) -> None:
    """Last of all: cut each question out of the text, and leave its marker."""
    done: list[Token] = []
    position = 0
    for start, end, kind in list(_questions(page.tokens)):
        done += page.tokens[position:start]
        position = end + 1
        opening = page.tokens[start]
        if page.with_questions:
            question = _build(page, opening, page.tokens[start + 1 : end], kind)
            if question is not None:
                page.questions.append(question)
                done.append(_marker(page, question))
        else:
            page.tell("question-not-allowed", _place(page, opening))
    page.tokens[:] = done + page.tokens[position:]


def _questions(tokens: list[Token]) -> Iterator[tuple[int, int, str]]:
    """Start, end and type of each outermost question."""
    depth, start, kind, inside = 0, -1, "", 0
    for index, token in enumerate(tokens):
        if token.type == "directive_open":
            depth += 1
            if start < 0 and token.meta["directive"].name == "question":
                start, inside = index, depth
                kind = token.meta["directive"].title
        elif token.type == "directive_close":
            if start >= 0 and depth == inside:
                yield start, index, kind
                start = -1
            depth -= 1


def _place(page: Page, opening: Token) -> Place:
    line = opening.map[0] if opening.map else 0
    return page.place(
        line,
        opening.meta["directive"].column,
        len(page.lines[line].rstrip()) - opening.meta["directive"].column,
    )


def _build(page: Page, opening: Token, content: list[Token], kind: str) -> Question | None:
    line = opening.map[0] if opening.map else 0
    kept = _without_nested(page, content)
    found = directive_attributes(page, opening)

    def place_of(attribute: Attribute) -> Place:
        return page.place(line, attribute.offset, attribute.length)

    settings = read(page, found, place_of)
    build = TYPES.get(kind)
    if build is None:
        known = ", ".join(TYPES)
        wanted = _MEANT.get(kind.lower()) or nearest(kind, TYPES, "choice")
        page.tell(
            "unknown-question-type", _type_place(page, opening), name=kind or "…", nearest=wanted, known=known
        )
        _leave_out(page, settings)
        return None
    question = build(Draft(page, opening, kept, kind, settings))
    if question is None and kind not in _UNSCORED and settings.points > 0:
        _leave_out(page, settings)
    return question


def _leave_out(page: Page, settings: Settings) -> None:
    page.unbuilt = True
    page.unbuilt_objectives.update(dict.fromkeys(settings.objectives))


def _type_place(page: Page, opening: Token) -> Place:
    line = opening.map[0] if opening.map else 0
    directive = opening.meta["directive"]
    after = directive.name_column + len(directive.name)
    column = page.lines[line].find(directive.title, after) if directive.title else directive.name_column
    return page.place(line, column, len(directive.title or directive.name))


def _without_nested(page: Page, content: list[Token]) -> list[Token]:
    kept: list[Token] = []
    position = 0
    for start, end, _ in _questions(content):
        kept += content[position:start]
        position = end + 1
        page.tell("nested-question", _place(page, content[start]))
    return kept + content[position:]


def _marker(page: Page, question: Question) -> Token:
    slot = page.slots.block(f'<div data-question="{escapeHtml(question.id)}"></div>')
    slot.meta["words"] = "\n".join([question.text, *_option_words(question)])
    return slot


def _option_words(question: Question) -> list[str]:
    """The words a learner sees before answering; explanations stay out of the search."""
    if isinstance(question, Choice):
        return [option.text for option in question.options]
    if isinstance(question, Matching):
        return [option.text for option in (*question.sources, *question.targets)]
    if isinstance(question, Sequencing):
        return sorted(option.text for option in question.items)
    return [option.text for option in question.scale] if isinstance(question, Likert) else []
