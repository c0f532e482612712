"""Atom documents (RFC 4287) with archives of what is older (RFC 5005, 4)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml import etree

from schemas.text import Language, Text

ATOM = "application/atom+xml"
NOTHING_YET = datetime(2022, 1, 1, tzinfo=UTC)
_NS = "http://www.w3.org/2005/Atom"
_HISTORY = "http://purl.org/syndication/history/1.0"
_MADE = "2022"  # the year in tag: identifiers (RFC 4151): they outlive the name of the host


class Entry(NamedTuple):
    """A version that was published. `name` is its part of the identifier, which stays for ever; `page` and `packages` are paths."""

    name: str
    title: Text
    published: datetime
    author: Text
    themes: Sequence[str]
    page: str
    packages: str
    summary: Text


class Place(NamedTuple):
    """Which document of a feed it is: the number of an archive, 0 for the feed itself, and of the last archive."""

    archive: int
    last: int

    def links(self) -> Iterator[tuple[str, int]]:
        """Relations (RFC 5005, 4) and what they lead to."""
        yield "self", self.archive
        if not self.archive:
            if self.last:
                yield "prev-archive", self.last
            return
        yield "current", 0
        if self.archive > 1:
            yield "prev-archive", self.archive - 1
        if self.archive < self.last:
            yield "next-archive", self.archive + 1


class Writer:
    """Writes the feed at `path`, its links below `base`."""

    def __init__(self, base: str, path: str, language: Language) -> None:
        self._base, self._path, self._language = base, path, language
        self._host = urlsplit(base).hostname or "localhost"

    def written(self, title: Text, entries: Sequence[Entry], place: Place) -> bytes:
        """The document, with entries in the order given."""
        spaces = {None: _NS, "fh": _HISTORY}
        root = etree.Element(f"{{{_NS}}}feed", nsmap=spaces)  # type: ignore[arg-type]  # the default namespace
        root.set("{http://www.w3.org/XML/1998/namespace}lang", "en" if self._language == "en" else "zh-CN")
        _add(root, "id", f"tag:{self._host},{_MADE}:{self._path}")
        _add(root, "title", title.say(self._language))
        _add(root, "updated", max((one.published for one in entries), default=NOTHING_YET).isoformat())
        if place.archive:
            etree.SubElement(root, f"{{{_HISTORY}}}archive")
        for relation, archive in place.links():
            _add(root, "link", rel=relation, type=ATOM, href=self._address(archive))
        _add(root, "link", rel="alternate", type="text/html", href=f"{self._base}/")
        for entry in entries:
            self._entry(root, entry)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8")

    def _address(self, archive: int) -> str:
        return f"{self._base}{self._path}" + (f"?archive={archive}" if archive else "")

    def _entry(self, root: etree._Element, entry: Entry) -> None:
        shown = _add(root, "entry")
        _add(shown, "id", f"tag:{self._host},{_MADE}:{entry.name}")
        _add(shown, "title", entry.title.say(self._language))
        _add(shown, "published", entry.published.isoformat())
        _add(shown, "updated", entry.published.isoformat())
        _add(_add(shown, "author"), "name", entry.author.say(self._language))
        for theme in entry.themes:
            _add(shown, "category", term=theme)
        _add(shown, "link", rel="alternate", type="text/html", href=f"{self._base}{entry.page}")
        _add(shown, "link", rel="related", type="application/json", href=f"{self._base}{entry.packages}")
        _add(shown, "summary", entry.summary.say(self._language))


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{_NS}}}{name}", attributes)
    child.text = text
    return child
