"""An audience tier that the course's edition doesn't have."""

from collections.abc import Iterator

from courses.manuscript import Manuscript
from courses.naming import nearest_term
from courses.wording import did_you_mean
from schemas.diagnostics import Diagnostic, Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="tier-unknown",
    severity=Severity.ERROR,
    message=Text(
        "{edition}没有企业梯度“{tier}”。",
        "The {edition} has no audience tier “{tier}”.",
    ),
    cure=Text(
        "{hint}可用的梯度：{known}。",
        "{hint}Tiers that exist: {known}.",
    ),
)


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Each tier of `audience`; nothing to say where the edition or its tiers aren't known."""
    edition = manuscript.edition
    if edition is None or not edition.tiers:
        return
    listed = Text(
        "；".join(f"{tier.slug}（{tier.name.say('zh')}）" for tier in edition.tiers),
        "; ".join(f"{tier.slug} ({tier.name.say('en')})" for tier in edition.tiers),
    )
    known = {tier.slug for tier in edition.tiers}
    for number, tier in enumerate(manuscript.course.audience):
        if tier not in known:
            place = manuscript.written.at("audience", number)
            hint = did_you_mean(nearest_term(tier, edition.tiers))
            yield RULE.at(place, tier=tier, edition=edition.name, known=listed, hint=hint)
