"""LaTeX to MathML, believed only after an XML parser has read it."""

import html
import re
from functools import lru_cache
from typing import NoReturn
from xml.parsers import expat

from latex2mathml import exceptions
from latex2mathml.converter import convert
from markdown_it.common.utils import escapeHtml

from courses.markdown.allowed import names

# MathML Core and the table attributes that the converter writes; neither links nor styles nor handlers.
_ELEMENTS = names(
    "math mfrac mi mn mo mover mpadded mphantom mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr"
    " munder munderover mmultiscripts mprescripts none menclose mfenced merror"
)
_ATTRIBUTES = names(
    "accent accentunder align columnalign columnlines columnspacing columnspan depth display displaystyle fence form"
    " frame height largeop linebreak linethickness lspace mathcolor mathsize mathvariant maxsize minsize movablelimits notation"
    " rowalign rowlines rowspacing rowspan rspace scriptlevel separator stretchy symmetric voffset width xmlns"
)
# Environments that the converter doesn't know, and the one that means the same.
_ENVIRONMENT = re.compile(r"\{(?:aligned|split)\}")
_ESCAPED = re.compile(r"\\([&%#$_])")
_REFERENCE = re.compile(r"&#x([0-9A-Fa-f]{2,5});")
_COMMAND = re.compile(r"\\[A-Za-z]")
_LONGEST = 4000


class _NotMathMLError(Exception):
    """The converter's output is not MathML that a page may hold."""


@lru_cache(maxsize=512)
def to_mathml(latex: str, *, display: bool) -> str | None:
    """`latex` as a `<math>` element with the source as `alttext`, or None where it can't be converted for certain.

    The converter writes ill-formed XML for some input and passes unknown commands on as text.
    """
    if not latex or len(latex) > _LONGEST:
        return None
    try:
        mathml = _tidy(
            convert(_ENVIRONMENT.sub(r"{align*}", latex), display="block" if display else "inline")
        )
        _check(mathml)
    except _FAILURES:
        return None
    return mathml.replace("<math ", f'<math alttext="{escapeHtml(latex)}" ', 1)


def _tidy(mathml: str) -> str:
    r"""The converter leaves `\\&` and its like in `\\text` as they are, and writes every sign as a reference."""
    return _REFERENCE.sub(_plain, _ESCAPED.sub(lambda match: html.escape(match[1]), mathml))


def _plain(reference: re.Match[str]) -> str:
    character = chr(int(reference[1], 16))
    return reference[0] if character in '<>&"' else character


def _check(mathml: str) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = _check_element
    parser.CharacterDataHandler = _check_text
    parser.StartDoctypeDeclHandler = _refuse
    parser.Parse(mathml, True)  # noqa: FBT003 - pyexpat takes it by position only


def _check_element(name: str, attributes: dict[str, str]) -> None:
    if name not in _ELEMENTS or not attributes.keys() <= _ATTRIBUTES:
        raise _NotMathMLError(name)


def _check_text(text: str) -> None:
    if _COMMAND.search(text):
        raise _NotMathMLError(text)


def _refuse(*_: object) -> NoReturn:
    raise _NotMathMLError


# Besides its own errors the converter lets those of its code through: `\\frac{1}{` ends in an IndexError.
_FAILURES: tuple[type[Exception], ...] = (
    _NotMathMLError,
    expat.ExpatError,
    AttributeError,
    IndexError,
    KeyError,
    RecursionError,
    StopIteration,
    TypeError,
    ValueError,
    *(kind for kind in vars(exceptions).values() if isinstance(kind, type) and issubclass(kind, Exception)),
)
