"""Attributes from braces onto a token, with a word to the author about those that have no meaning."""

import re
from collections.abc import Callable, Sequence

from markdown_it.token import Token

from courses.markdown.attributes import Attribute
from courses.markdown.identifiers import claim, is_usable
from courses.markdown.page import Page
from schemas.diagnostics import Place
from schemas.text import Text

COMMON = ("id", "class", "lang")
_CLASS = re.compile(r"[\w-]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_BAD_ID = Text(
    "标识里不能有空格、引号等符号，也不能是保留的名称",
    "an identifier has no blanks or quotes and is no reserved name",
)
_BAD_CLASS = Text("类名只能用字母、数字和连字符", "a class has letters, digits and hyphens only")
_BAD_LANGUAGE = Text("应是 BCP 47 语言代码", "it must be a BCP 47 language tag")

PlaceOf = Callable[[Attribute], Place]


def apply(
    page: Page,
    token: Token,
    attributes: Sequence[Attribute],
    place_of: PlaceOf,
    allowed: Sequence[str] = COMMON,
) -> dict[str, str]:
    """Set id, class and lang on `token`; give back the other ones that are `allowed`."""
    others: dict[str, str] = {}
    for attribute in attributes:
        name, value = attribute.name, attribute.value
        if name not in allowed:
            page.tell("unknown-attribute", place_of(attribute), name=name, known=_written(allowed))
        elif name == "id":
            if is_usable(value):
                token.attrs["id"] = claim(page, value, place_of(attribute))
            else:
                page.tell(
                    "bad-attribute", place_of(attribute), found=f"#{value}", reason=_BAD_ID, example="#q1"
                )
        elif name == "class":
            if all(_CLASS.fullmatch(word) for word in value.split()):
                token.attrJoin("class", value)
            else:
                page.tell(
                    "bad-attribute",
                    place_of(attribute),
                    found=f".{value}",
                    reason=_BAD_CLASS,
                    example=".mark",
                )
        elif name == "lang":
            if _LANGUAGE.fullmatch(value):
                token.attrs["lang"] = value
            else:
                page.tell(
                    "bad-attribute", place_of(attribute), found=value, reason=_BAD_LANGUAGE, example="lang=en"
                )
        else:
            others[name] = value
    return others


def _written(allowed: Sequence[str]) -> str:
    signs = {"id": "#id", "class": ".class"}
    return ", ".join(signs.get(name, name) for name in allowed)
