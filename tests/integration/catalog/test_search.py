"""Search finds what LIKE would find, in one order, on both databases."""

import re
import unicodedata

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.database import search_index
from catalog.database.models import Course, SearchFacet, SearchRow, Version
from catalog.database.session import Database
from catalog.services import search, versions
from catalog.services.facets import FacetIndex
from catalog.services.highlight import highlight
from catalog.services.tokens import fold, index_tokens, is_cjk, query_terms
from schemas.errors import UsageError
from schemas.text import Text
from tests.support.catalogue import OPERATOR, People, facts, populate, publish

_ALPHABET = "数字化转型企业，。 aAbc1ÉéｅﾊﾞABc\n-'\"*:&|!()<>\\%_々〇"
_TEXTS = st.text(_ALPHABET, max_size=25)
_RELAXED = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def people(database: Database) -> People:
    return populate(database)


def _oracle(words: str, query: str) -> bool:
    """LIKE for Chinese, the beginning of a word for anything else; independent of tokens and indexes."""
    folded = fold(words)
    for run in re.findall(r"[^\W_]+", fold(query)):
        for part in re.findall(r"[^\W_]", run) and _split(run):
            if is_cjk(part[0]):
                if part not in folded:
                    return False
            elif not any(word.startswith(part) for word in _words(folded)):
                return False
    return True


def _split(run: str) -> list[str]:
    parts: list[str] = []
    for character in run:
        if parts and is_cjk(parts[-1][0]) == is_cjk(character):
            parts[-1] += character
        else:
            parts.append(character)
    return parts


def _words(folded: str) -> list[str]:
    return [part for run in re.findall(r"[^\W_]+", folded) for part in _split(run) if not is_cjk(part[0])]


def test_search_equals_like_on_any_text(database: Database, people: People) -> None:
    with database.write() as session:
        pool = [publish(session, people, f"course-{n}") for n in range(4)]

    @_RELAXED
    @given(titles=st.lists(st.tuples(_TEXTS, _TEXTS), min_size=4, max_size=4), query=_TEXTS, data=st.data())
    def holds(titles: list[tuple[str, str]], query: str, data: st.DataObject) -> None:
        whole = "".join(map("".join, titles))
        start = data.draw(st.integers(0, len(whole)))
        asked = data.draw(st.sampled_from([query, whole[start : start + 4], whole[start : start + 1]]))
        with database.write() as session:
            rows = session.scalars(select(SearchRow).order_by(SearchRow.id)).all()
            for row, (title, body) in zip(rows, titles, strict=True):
                search_index.remove(session.connection(), row.id)
                search_index.put(
                    session.connection(),
                    [search_index.Indexed(row.id, index_tokens(title), index_tokens(body))],
                )
        with database.read() as session:
            found = [hit.row.id for hit in search.find(session, asked, {}).rows]
            ids = [row.id for row in rows]
        if not query_terms(asked):
            assert found == ids[::-1]
            return
        in_title = [i for i, (title, _) in zip(ids, titles, strict=True) if _oracle(title, asked)]
        anywhere = [
            i
            for i, (title, body) in zip(ids, titles, strict=True)
            if i not in in_title and _each_somewhere(title, body, asked)
        ]
        assert found == in_title[::-1] + anywhere[::-1]

    assert len(pool) == 4
    holds()


def _each_somewhere(title: str, body: str, query: str) -> bool:
    return all(
        _oracle(title, part) or _oracle(body, part)
        for run in re.findall(r"[^\W_]+", fold(query))
        for part in _split(run)
    )


@_RELAXED
@given(words=_TEXTS, query=_TEXTS)
@example(words="ﾊﾞc", query="ﾊﾞ")
def test_highlighting_keeps_the_text_and_marks_what_was_found(words: str, query: str) -> None:
    pieces = highlight(words, query)
    assert "".join(piece.text for piece in pieces) == unicodedata.normalize("NFC", words)
    terms = query_terms(query)
    if terms and _oracle(words, query):
        marked = fold(" ".join(piece.text for piece in pieces if piece.marked))
        assert all(term.folded in marked for term in terms)


def test_title_first_then_the_newest(database: Database, people: People) -> None:
    with database.write() as session:
        publish(session, people, "old", facts("old", title=Text("现金流管理")))
        publish(session, people, "other", facts("other", title=Text("融资"), summary=Text("现金流预测")))
        publish(session, people, "new", facts("new", title=Text("现金流与税务")))
    with database.read() as session:
        slugs = [hit.course.slug for hit in search.find(session, "现金流", {}).rows]
        assert slugs == ["new", "old", "other"]
        assert search.suggest(session, "现金") == ["现金流与税务", "现金流管理"]
        assert [hit.course.slug for hit in search.find(session, "TSING 税", {}).rows] == ["new"]


def test_facets_narrow_and_count(database: Database, people: People) -> None:
    with database.write() as session:
        publish(session, people, "one")
        publish(session, people, "two", facts("two", themes={"large-sme-integration": 4}, language="en"))
        publish(
            session,
            people,
            "both",
            facts("both", themes={"large-sme-integration": 4, "digital-empowerment": 2}),
        )
    with database.read() as session:
        chosen = {"theme": ["large-sme-integration"]}
        assert [h.course.slug for h in search.find(session, "", chosen).rows] == ["both", "two"]
        facet_index = FacetIndex()
        counted = facet_index.count(session, "", chosen)
        assert counted["theme"] == {"digital-empowerment": 2, "large-sme-integration": 2}
        assert counted["language"] == {"en": 1, "zh-CN": 1}
        assert facet_index.count(session, "路线图", {"language": ["en"]})["theme"] == {
            "large-sme-integration": 1
        }


def test_rows_from_memory_are_those_of_the_database(database: Database, people: People) -> None:
    """In the same order, page by page; also after the index has seen other publications."""
    index = FacetIndex()
    for number in range(12):
        title = Text("路线图二" if number % 3 else "其他", "Planning" if number % 2 else "")
        themes, audience = {f"t{number % 4}": 1.0}, (f"k{number % 2}",)
        made = facts(f"c{number % 9}", title=title, themes=themes, audience=audience)
        with database.write() as session:
            publish(session, people, made.id, made)
        if number % 4 == 3:
            with database.read() as session:
                _compare(session, index)


def _compare(session: Session, index: FacetIndex) -> None:
    for query in ("", "路线", "路线 二", "planning", "没有的词"):
        for chosen in ({}, {"theme": ["t1"]}, {"theme": ["t1", "t2"], "tier": ["k1"]}, {"mode": ["x"]}):
            cursor = ""
            while True:
                expected = search.find(session, query, chosen, cursor=cursor, limit=2)
                found = index.rows(session, query, chosen, cursor=cursor, limit=2)
                assert (found.rows, found.next) == ([hit.row.id for hit in expected.rows], expected.next)
                cursor = found.next
                if not cursor:
                    break


def test_pages_neither_repeat_nor_hide_a_row_while_others_are_published(
    database: Database, people: People
) -> None:
    with database.write() as session:
        for number in range(12):
            publish(session, people, f"c{number:02}")
    seen: list[str] = []
    cursor, extra = "", 0
    while True:
        with database.write() as session:
            publish(session, people, f"late-{extra}")
            gone = session.scalars(
                select(Version).join(Course).where(Course.slug == f"c{11 - extra:02}")
            ).one()
            if extra < 3:
                versions.withdraw(session, people.publisher, gone.id, "", if_match=gone.row_version)
        with database.read() as session:
            page = search.find(session, "路线图", {}, cursor=cursor, limit=4)
        seen += [hit.course.slug for hit in page.rows]
        cursor, extra = page.next, extra + 1
        if not cursor:
            break
    assert len(seen) == len(set(seen))
    assert {f"c{number:02}" for number in range(9)} <= set(seen)


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJzZWFyY2giLCJhIiwxXQ", "é", "WyJldmVudHMiLDEsMV0"])
def test_a_foreign_cursor_is_told(database: Database, cursor: str) -> None:
    with pytest.raises(UsageError), database.read() as session:
        search.find(session, "", {}, cursor=cursor)


def test_rebuilding_changes_nothing(database: Database, people: People) -> None:
    with database.write() as session:
        for slug in ("a", "b", "c"):
            publish(session, people, slug)
    with database.read() as session:
        before = [hit.course.slug for hit in search.find(session, "路线图", {}).rows]
    with database.write() as session:
        assert search.rebuild(session, OPERATOR) == 3
    with database.read() as session:
        assert [hit.course.slug for hit in search.find(session, "路线图", {}).rows] == before
        assert FacetIndex().count(session, "", {})["edition"] == {"2022-2023": 3}


def test_facets_follow_what_is_published_superseded_and_withdrawn(database: Database, people: People) -> None:
    """One index, kept for the whole time, counts what a new one counts, and what the rows say."""
    kept = FacetIndex()
    themes = ["digital-empowerment", "large-sme-integration", "regional-development"]
    published: list[int] = []

    def check() -> None:
        with database.read() as session:
            for query, chosen in (
                ("", {}),
                ("路线图", {"theme": themes[:2]}),
                ("1", {"edition": ["2022-2023"]}),
            ):
                counted = kept.count(session, query, chosen)
                assert counted == FacetIndex().count(session, query, chosen)
                for kind in search.KINDS:
                    others = {name: values for name, values in chosen.items() if name != kind}
                    hits = search.find(session, query, others, limit=100).rows
                    mine = {
                        value: len([h for h in hits if value in _facets(session, h.row.id, kind)])
                        for value in counted[kind]
                    }
                    assert mine == counted[kind]

    check()
    for number in range(8):
        with database.write() as session:
            made = facts(f"c{number % 5}", title=Text(f"路线图 {number}"), themes={themes[number % 3]: 1})
            published.append(publish(session, people, f"c{number % 5}", made))
        check()
    with database.write() as session:
        last = versions.get(session, people.publisher.actor, published[-1])
        versions.withdraw(session, people.publisher, last.id, "", if_match=last.row_version)
    check()
    with database.write() as session:
        search.rebuild(session, OPERATOR)
    check()


def _facets(session: Session, row_id: int, kind: str) -> list[str]:
    rows = select(SearchFacet.value).where(SearchFacet.row_id == row_id, SearchFacet.kind == kind)
    return list(session.scalars(rows))


def test_who_reads_at_an_older_moment_hides_nothing_from_later_readers(
    database: Database, people: People
) -> None:
    index = FacetIndex()
    with database.write() as session:
        publish(session, people, "one")
    with database.read() as older:
        index.prepare(older)
        with database.write() as session:
            publish(session, people, "two")
        with database.read() as newer:
            index.prepare(newer)
        index.rows(older, "路线图", {})  # the word's first reader doesn't see the second row yet
    with database.read() as session:
        expected = [hit.row.id for hit in search.find(session, "路线图", {}).rows]
        assert len(expected) == 2
        assert index.rows(session, "路线图", {}).rows == expected
