"""The HTML that an author may write: what teaching text needs, and nothing that runs, styles or loads."""


def names(text: str) -> frozenset[str]:
    """The names in `text`, between blanks."""
    return frozenset(text.split())


TAGS = names(
    "a abbr aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption"
    " figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub"
    " summary sup table tbody td tfoot th thead time tr u ul var wbr"
)

ATTRIBUTES: dict[str, frozenset[str]] = {
    "*": frozenset({"class", "dir", "id", "lang", "title"}),
    "a": frozenset({"href"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "details": frozenset({"open"}),
    "img": frozenset({"alt", "height", "src", "width"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "td": frozenset({"colspan", "headers", "rowspan"}),
    "th": frozenset({"abbr", "colspan", "headers", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}

# Schemes of links that leave the course. Everything else is relative.
SCHEMES = frozenset({"http", "https", "mailto", "tel"})

# An element whose content goes with it: text of its own kind, not words for the learner.
WITH_CONTENT = names("canvas iframe math noscript object script select style svg template")

VOID = names("area base br col embed hr img input link meta param source track wbr")
# Elements that HTML closes by itself, so that a missing end tag doesn't nest.
SELF_CLOSING = names("p li dt dd tr td th thead tbody tfoot caption colgroup rt rp")
