"""A theme that the course's edition doesn't have."""

from collections.abc import Iterator

from courses.manuscript import Manuscript
from courses.naming import nearest_term
from courses.wording import did_you_mean
from schemas.diagnostics import Diagnostic, Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="theme-unknown",
    severity=Severity.ERROR,
    message=Text(
        "{edition}没有主题“{theme}”。",
        "The {edition} has no theme “{theme}”.",
    ),
    cure=Text(
        "{hint}可用的主题：{known}。",
        "{hint}Themes that exist: {known}.",
    ),
)


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Themes of the course and of its site visits; nothing to say where the edition or its themes aren't known."""
    course, edition, at = manuscript.course, manuscript.edition, manuscript.written.at
    if edition is None or not edition.themes:
        return
    known = {theme.slug: theme.name for theme in edition.themes}
    words = Text("；", "; ").say
    listed = Text(
        words("zh").join(f"{slug}（{name.say('zh')}）" for slug, name in known.items()),
        words("en").join(f"{slug} ({name.say('en')})" for slug, name in known.items()),
    )
    used = [(theme, manuscript.written.key("themes", theme)) for theme in course.themes]
    used += [(visit.theme, at("visits", n, "theme")) for n, visit in enumerate(course.visits) if visit.theme]
    for theme, place in used:
        if theme not in known:
            hint = did_you_mean(nearest_term(theme, edition.themes))
            yield RULE.at(place, theme=theme, edition=edition.name, known=listed, hint=hint)
