"""Places in the rendered text for HTML of our own making, filled after the author's has been sanitised."""

import re
import secrets

from markdown_it.token import Token

# The number is compared afterwards: a pattern of each lesson's own would be compiled for each lesson.
_SLOT = re.compile(r'<(div|span) data-slot="([0-9a-f]{16})-(\d+)"></\1>')


class Slots:
    """Mathematics, players, diagrams and questions wait here while the rest passes the sanitiser.

    Each is an empty element with a number that changes at every run, so that no author's text can name one.
    The number never reaches the output.
    """

    def __init__(self) -> None:
        self._secret = secrets.token_hex(8)
        self._html: list[str] = []

    def block(self, html: str) -> Token:
        """A block token that stands for `html`."""
        return Token("slot", "", 0, content=self._keep("div", html) + "\n", block=True)

    def inline(self, html: str) -> Token:
        """An inline token that stands for `html`."""
        return Token("slot", "", 0, content=self._keep("span", html))

    def mark(self, number: int) -> str:
        """A word that no author can have written, to be replaced before the text is sanitised."""
        return f" {self._secret}-mark-{number}."

    def _keep(self, tag: str, html: str) -> str:
        self._html.append(html)
        return f'<{tag} data-slot="{self._secret}-{len(self._html) - 1}"></{tag}>'

    def fill(self, html: str) -> str:
        """`html`, sanitised, with every slot filled."""
        if not self._html:
            return html
        return _SLOT.sub(self._filled, html)

    def _filled(self, match: re.Match[str]) -> str:
        return self._html[int(match[3])] if match[2] == self._secret else match[0]
