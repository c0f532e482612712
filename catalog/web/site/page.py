"""One page: its language, its address and those beside it, its template, and how it is answered."""

import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response

from catalog.web.conditional import is_known
from catalog.web.language import AnyRequest, language_asked
from catalog.web.site.words import in_language
from schemas.text import Language, Text

_FOLDER = Path(__file__).parent
STYLE = (_FOLDER / "site.css").read_bytes()
STYLE_NAME = f"site-{hashlib.sha256(STYLE).hexdigest()[:12]}.css"
ICON = (_FOLDER / "icon.svg").read_bytes()
# Nothing from elsewhere, no script, nothing inline.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
Query = list[tuple[str, str]]


class Page:
    """A request for a page."""

    def __init__(self, request: AnyRequest) -> None:
        self.path: str = request.url.path
        self.origin = f"{request.url.scheme}://{request.url.netloc}"
        self.query: Query = [(name, value) for name, value in request.query_params.items() if value]
        chosen = self.one("lang")
        self.language: Language = "en" if (chosen or language_asked(request)) == "en" else "zh"
        self._request = request

    @property
    def feed(self) -> str:
        """The Atom feed of what the page is about: a feed's path goes on as the page's does."""
        return "/api/v1/feeds" + (self.path if self.path.startswith(("/courses/", "/curricula")) else "")

    def one(self, name: str) -> str:
        """A parameter's value; empty where it wasn't sent."""
        return next((value for key, value in self.query if key == name), "")

    def say(self, text: Text) -> str:
        """Words in the reader's language."""
        return text.say(self.language)

    def tag_of(self, text: Text) -> str:
        """The language of what `say` gives, for text that may be missing in the reader's."""
        missing = not (text.en if self.language == "en" else text.zh)
        return ("zh" if self.language == "en" else "en") if missing else self.language

    def address(self, path: str, query: Query) -> str:
        """An address of ours that keeps a language which was chosen by hand."""
        kept = [("lang", value) for name, value in self.query if name == "lang"][:1]
        written = urlencode([*(pair for pair in query if pair[0] != "lang"), *kept])
        return f"{path}?{written}" if written else path

    def without(self, *names: str) -> Query:
        """The query without these parameters."""
        return [pair for pair in self.query if pair[0] not in names]

    @property
    def other_language(self) -> str:
        """The same page in the other language."""
        other = "zh" if self.language == "en" else "en"
        return f"{self.path}?{urlencode([*self.without('lang'), ('lang', other)])}"

    def render(self, template: str, **values: object) -> bytes:
        """The page."""
        shared = {
            "page": self,
            "lang": "en" if self.language == "en" else "zh-CN",
            "w": in_language(self.language),
            "style": f"/-/{STYLE_NAME}",
            "home": self.address("/", []),
        }
        return _environment().get_template(template).render(shared | values).encode()

    def answer(self, content: bytes, *, tag: str = "", status: int = 200) -> Response[bytes]:
        """The page as an answer; 304 for whoever has what `tag` names."""
        headers = {
            "Content-Security-Policy": POLICY,
            "Content-Language": "en" if self.language == "en" else "zh-CN",
            "Vary": "Accept-Language",
            "Cache-Control": "no-cache",
        }
        if tag:
            headers["ETag"] = tag
            if is_known(self._request, tag):
                return Response(b"", status_code=304, headers=headers, media_type="text/html")
        return Response(content, status_code=status, headers=headers, media_type="text/html")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
