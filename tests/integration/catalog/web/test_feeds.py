"""Feeds as a reader sees them (RFC 4287): each version once, under an identifier that stays, with its verdict."""

import pytest
from lxml import etree

from catalog.database.models import Version
from catalog.services import versions
from catalog.web.api import feeds
from tests.integration.catalog.web.conftest import Desk, Person
from tests.support.archives import course_zip
from tests.support.catalogue import facts, publish
from tests.support.curriculum_text import curriculum_text
from tests.support.published import publish_curriculum

A = {"a": "http://www.w3.org/2005/Atom"}
REQUIRED = ("a:id", "a:title", "a:updated")


def entries(desk: Desk, path: str) -> list[dict[str, str]]:
    answer = desk.client.get(f"/api/v1{path}", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/atom+xml")
    root = etree.fromstring(answer.content)
    for element in (root, *root.iterfind("a:entry", A)):  # 4.1.1 and 4.1.2: exactly one of each
        assert [len(element.findall(name, A)) for name in REQUIRED] == [1, 1, 1]
    assert root.find("a:link[@rel='self']", A).get("href").endswith(path)  # type: ignore[union-attr]
    return [
        {
            "id": entry.findtext("a:id", "", A),
            "title": entry.findtext("a:title", "", A),
            "summary": entry.findtext("a:summary", "", A),
            "author": entry.findtext("a:author/a:name", "", A),
            "themes": ",".join(c.get("term", "") for c in entry.iterfind("a:category", A)),
        }
        for entry in root.iterfind("a:entry", A)
    ]


def test_what_an_administrator_is_told(desk: Desk) -> None:
    publisher, reviewer = Person(desk, desk.people.publisher), Person(desk, desk.people.reviewer)
    publisher.published(course_zip(), reviewer)
    publisher.published(course_zip(text="数据来自走访。"), reviewer)
    publisher.published(course_zip(text="换一道题。", question="q2"), reviewer)
    publisher.upload(course_zip("draft"))
    for path in ("/feeds", "/feeds/institutions/tsinghua", "/feeds/courses/tsinghua/roadmap"):
        found = entries(desk, path)
        assert [entry["id"].rpartition("/")[2] for entry in found] == ["3", "2", "1"]
        assert len({entry["id"] for entry in found}) == 3
        assert found[0]["summary"].startswith("Make a new activity instead")
        assert found[1]["summary"] == "Replace the package in place: learners' records survive."
        assert found[2]["summary"] == "The first version."
        assert {entry["author"] for entry in found} == {"Tsinghua University"}
    current, *older = entries(desk, "/feeds/themes/digital-empowerment")
    assert (current["title"], current["themes"]) == ("数字化转型路线图 (version 3)", "digital-empowerment")
    assert [entry["id"].rpartition("/")[2] for entry in older] == ["2", "1"]
    assert entries(desk, "/feeds/themes/regional-development") == []


def test_nothing_is_sent_twice(desk: Desk) -> None:
    Person(desk, desk.people.publisher).published(course_zip(), Person(desk, desk.people.reviewer))
    first = desk.client.get("/api/v1/feeds")
    again = desk.client.get("/api/v1/feeds", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert desk.client.get("/api/v1/feeds/courses/tsinghua/nothing").status_code == 404


def test_older_entries_are_in_archives(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "_MOST", 2)
    people = desk.people
    made = []
    for number in range(5):
        with desk.parts.database.write() as session:
            made.append(publish(session, people, f"c{number}", facts(f"c{number}")))

    def read(address: str) -> tuple[list[str], dict[str, str], bool]:
        answer = desk.client.get(address, headers={"Accept-Language": "en"})
        assert answer.status_code == 200
        root = etree.fromstring(answer.content)
        titles = [
            e.findtext("a:id", "", A).rpartition(":")[2].split("/")[1] for e in root.iterfind("a:entry", A)
        ]
        links = {link.get("rel", ""): link.get("href", "") for link in root.iterfind("a:link", A)}
        return titles, links, root.find("{http://purl.org/syndication/history/1.0}archive") is not None

    where = "/api/v1/feeds/institutions/tsinghua"
    titles, links, archived = read(where)
    assert (titles, archived) == (["c4", "c3"], False)
    assert {"prev-archive"} < links.keys()
    assert not {"current", "next-archive"} & links.keys()
    titles, newer, archived = read(links["prev-archive"])
    assert (titles, archived, newer["self"]) == (["c3", "c2"], True, links["prev-archive"])
    assert newer["current"] == links["self"]
    titles, older, _ = read(newer["prev-archive"])
    assert (titles, older["next-archive"]) == (["c1", "c0"], newer["self"])
    assert "prev-archive" not in older
    with desk.parts.database.write() as session:
        found = session.get_one(Version, made[0])
        versions.withdraw(session, people.administrator, found.id, "数据有误", if_match=found.row_version)
    assert read(newer["self"])[0] == ["c3", "c2"]
    assert read(older["self"])[0] == ["c1"]
    assert desk.client.get(f"{where}?archive=3").status_code == 404


@pytest.mark.parametrize("where", ["", "/themes/digital-empowerment", "/institutions/tsinghua"])
def test_an_archive_stays_as_it_is_when_something_in_it_is_superseded(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.setattr(feeds, "_MOST", 2)
    address = f"/api/v1/feeds{where}?archive=1"
    for number in range(3):
        with desk.parts.database.write() as session:
            publish(session, desk.people, f"c{number}")
    before = desk.client.get(address)
    assert before.status_code == 200
    assert before.content.count(b"<entry>") == 2
    with desk.parts.database.write() as session:
        publish(session, desk.people, "c0")
    after = desk.client.get(address).content  # which now has a next archive besides
    assert [b.partition(b"</feed>")[0] for b in after.split(b"<entry>")[1:]] == [
        b.partition(b"</feed>")[0] for b in before.content.split(b"<entry>")[1:]
    ]


def test_curricula_have_feeds_of_their_own(desk: Desk) -> None:
    publisher, reviewer = Person(desk, desk.people.publisher), Person(desk, desk.people.reviewer)
    publisher.published(course_zip(), reviewer)
    database, people = desk.parts.database, desk.people
    publish_curriculum(database, people, curriculum_text("tsinghua/roadmap"))
    publish_curriculum(database, people, curriculum_text("tsinghua/roadmap", slug="other"))
    publisher.published(course_zip(text="换一道题。", question="q2"), reviewer)
    publish_curriculum(database, people, curriculum_text("tsinghua/roadmap", taught=24))
    newest, other, first = entries(desk, "/feeds/curricula")
    assert newest["id"].endswith(":curricula/tsinghua/camp/2")
    assert newest["title"] == "Digital empowerment camp (version 2)"
    assert newest["summary"].startswith("Make a new activity instead")
    assert "/api/v1/curriculum-versions/" in newest["summary"]
    assert (newest["author"], newest["themes"]) == ("Tsinghua University", "digital-empowerment")
    assert first["summary"] == other["summary"] == "The first version."
    assert entries(desk, "/feeds/curricula/tsinghua/camp") == [newest, first]
    assert desk.client.get("/api/v1/feeds/curricula/tsinghua/none").status_code == 404
    assert [entry["title"] for entry in entries(desk, "/feeds")] == [
        "数字化转型路线图 (version 2)",
        "数字化转型路线图 (version 1)",
    ]
