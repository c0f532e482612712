"""The editions that ship: complete in both languages, consistent with themselves and with each other."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from schemas.edition import Crossing, Edition, Term, carried, editions, first_day, last_day
from schemas.text import Text

EDITIONS = list(editions().values())
FILES = sorted(Path("schemas/editions").glob("*.json"))
each = pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.code)


def test_these_ship() -> None:
    assert [edition.code for edition in EDITIONS] == ["2020-2021", "2022-2023", "2023-2024", "2024"]
    assert [file.stem for file in FILES] == [edition.code for edition in EDITIONS]


# What issue and design say of each edition, once more, by hand.
FACTS = {
    "2020-2021": ("", 1800, None, None, None, 5, False),
    "2022-2023": ("工信厅企业函〔2022〕278号", 2000, 12, None, None, 21, True),
    "2023-2024": ("工信厅企业函〔2023〕261号", 2000, None, None, None, None, None),
    "2024": ("工信厅企业函〔2024〕333号", 800, None, 10, 4, None, None),
}


@each
def test_the_notices_facts(edition: Edition) -> None:
    training, roster = edition.training, edition.roster
    assert FACTS[edition.code] == (
        edition.notice,
        training.trainees,
        training.months,
        training.classes,
        training.days,
        len(roster.members) if roster else None,
        roster.complete if roster else None,
    )


def test_facts_that_one_edition_has() -> None:
    old, first, second, last = EDITIONS
    assert [(share.slug, share.share) for share in old.training.minimum_shares] == [("manufacturing", 0.3)]
    assert [(line.slug, line.by) for line in first.deadlines] == [
        ("information-form", "2022-10-31"),
        ("selection", "2022-12-31"),
    ]
    assert first.roster is not None
    trainers = [member for member in first.roster.members if member.role == "trainer"]
    assert len(trainers) == 20
    assert {member.themes for member in trainers} == {("regional-development",)}
    [centre] = [member for member in first.roster.members if member.role == "organiser"]
    assert centre.name.zh == "工业和信息化部人才交流中心"
    assert set(centre.themes) == {theme.slug for theme in first.themes} - {"regional-development"}
    assert second.themes[0].slug == "high-quality-development"
    assert last.training.free is True


@each
def test_dates_are_in_order(edition: Edition) -> None:
    starts, ends = first_day(edition.effective.starts), last_day(edition.effective.ends)
    assert starts < ends
    assert edition.code.split("-")[0] == str(starts.year)
    assert edition.code.split("-")[-1] == str(ends.year)
    for line in edition.deadlines:
        assert edition.effective.covers(first_day(line.by))
        assert edition.effective.covers(last_day(line.by))


@each
def test_slugs_are_unique(edition: Edition) -> None:
    members = edition.roster.members if edition.roster else ()
    for slugs in (
        [term.slug for term in edition.themes],
        [term.slug for term in edition.tiers],
        [member.slug for member in members],
        [line.slug for line in edition.deadlines],
        [share.slug for share in edition.training.minimum_shares],
    ):
        assert len(slugs) == len(set(slugs))


def texts(value: object) -> Iterator[Text]:
    """Every Text in a document."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from texts(getattr(value, name))
    elif isinstance(value, tuple):
        for inner in value:
            yield from texts(inner)


@each
def test_everything_is_said_in_both_languages(edition: Edition) -> None:
    found = list(texts(edition))
    assert found
    for text in found:
        assert bool(text.zh) == bool(text.en), text
    assert all(term.description.zh for term in (*edition.themes, *edition.tiers))
    assert all(term.keywords.zh and term.keywords.en for term in (*edition.themes, *edition.tiers))


@each
def test_what_is_named_exists(edition: Edition) -> None:
    themes = {theme.slug for theme in edition.themes}
    members = edition.roster.members if edition.roster else ()
    assert {slug for member in members for slug in member.themes} <= themes
    assert {target.theme for target in edition.coverage} <= themes
    assert {target.tier for target in edition.coverage} <= {None, *(tier.slug for tier in edition.tiers)}


@each
def test_one_institution_has_one_name_and_city_in_all_editions(edition: Edition) -> None:
    known = {
        member.slug: (member.name, member.city, member.province)
        for other in EDITIONS
        if other.roster
        for member in other.roster.members
    }
    for member in edition.roster.members if edition.roster else ():
        assert (member.name, member.city, member.province) == known[member.slug]


@each
def test_every_end_of_the_crosswalk_exists(edition: Edition) -> None:
    if edition.crosswalk is None:
        return
    before = editions()[edition.crosswalk.since]
    assert first_day(before.effective.starts) < first_day(edition.effective.starts)
    check_crossings(before.themes, edition.themes, edition.crosswalk.themes)
    check_crossings(before.tiers, edition.tiers, edition.crosswalk.tiers)


def check_crossings(
    before: tuple[Term, ...], after: tuple[Term, ...], crossings: tuple[Crossing, ...]
) -> None:
    """Each end exists and occurs once; where both editions have terms, none is left over; the kind is true."""
    old, new = ({term.slug: term for term in terms} for terms in (before, after))
    if old and new:
        assert {crossing.old for crossing in crossings} == set(old)
        assert {crossing.new for crossing in crossings} == set(new)
    assert len({crossing.old for crossing in crossings}) == len(crossings)
    for crossing in crossings:
        same_name = old[crossing.old].name == new[crossing.new].name
        same_slug = crossing.old == crossing.new
        assert same_name == (crossing.kind == "same")
        assert same_slug or crossing.kind != "same"
        assert not same_slug or crossing.kind != "replaced"


@pytest.mark.parametrize(
    ("slug", "old", "new", "expected"),
    [
        ("regional-development", "2022-2023", "2023-2024", "high-quality-development"),
        ("specialized-innovative", "2022-2023", "2023-2024", "specialized-innovative"),
        ("digital-empowerment", "2022-2023", "2022-2023", "digital-empowerment"),
        ("regional-development", "2022-2023", "2024", None),  # its themes aren't known
        ("regional-development", "2020-2021", "2023-2024", None),
        ("high-quality-development", "2023-2024", "2022-2023", None),  # not backwards
        ("nothing", "2022-2023", "2022-2023", None),
        ("digital-empowerment", "2022-2023", "1999", None),
    ],
)
def test_what_became_of_a_theme(slug: str, old: str, new: str, expected: str | None) -> None:
    assert carried("themes", slug, old, new) == expected


def test_a_tier_over_two_editions() -> None:
    assert carried("tiers", "little-giant", "2022-2023", "2024") == "little-giant"


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-10-31", date(2022, 10, 31), date(2022, 10, 31)),
    ],
)
def test_a_date_covers_what_is_known_of_it(written: str, first: date, last: date) -> None:
    assert (first_day(written), last_day(written)) == (first, last)


@pytest.mark.parametrize(
    "change",
    [
        {"theme": []},
        {"code": "22-23"},
        {"effective": {"starts": "2022/10", "ends": "2023"}},
        {"effective": {"starts": "2022-13", "ends": "2023"}},
        {"training": {"minimum_shares": [{"slug": "a", "name": {"zh": "甲"}, "share": 30}]}},
        {"crosswalk": {"since": "2022-2023", "themes": [{"old": "a", "new": "b", "kind": "moved"}]}},
        {"roster": {"members": []}},
    ],
    ids=str,
)
def test_a_mistake_in_a_document_is_an_error(change: dict[str, object]) -> None:
    sound = {"code": "2030", "name": {"zh": "甲"}, "effective": {"starts": "2030", "ends": "2030"}}
    assert msgspec.convert(sound, Edition).code == "2030"
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(sound | change, Edition)


@pytest.mark.parametrize("page", ["editions.md", "editions.en.md"])
def test_the_documentation_has_every_edition_and_key(page: str) -> None:
    text = Path("docs", page).read_text(encoding="utf-8")
    for edition in EDITIONS:
        assert f"\n| `{edition.code}` | {edition.notice}" in text
    for key in Edition.__struct_fields__:
        assert f"`{key}`" in text, key
