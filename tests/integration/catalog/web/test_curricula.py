"""A curriculum's life over HTTP: judged like a check, returned with a comment, approved, followed by the next, withdrawn."""

import httpx
import pytest

from tests.integration.catalog.web.conftest import Desk, Person, code
from tests.support.archives import course_zip
from tests.support.curriculum_text import curriculum_text

VERSIONS = "/curriculum-versions"
CAMP = "/api/v1/curricula/tsinghua/camp"


def hand_in(who: Person, text: str, where: str = VERSIONS, **headers: str) -> httpx.Response:
    return who.upload(text.encode(), where=where, Content_Type="text/markdown", **headers)


def test_from_draft_to_withdrawal(desk: Desk) -> None:
    author, publisher = Person(desk, desk.people.author), Person(desk, desk.people.publisher)
    reviewer, anyone = Person(desk, desk.people.reviewer), desk.client
    publisher.published(course_zip(), reviewer)

    made = hand_in(author, curriculum_text("tsinghua/roadmap"))
    assert made.status_code == 201, made.text
    version = made.json()["version"]
    assert (version["state"], version["curriculum"], version["number"]) == ("draft", "camp", None)
    where, tag = f"{VERSIONS}/{version['id']}", made.headers["ETag"]
    assert made.headers["Location"] == f"/api/v1{where}"
    assert anyone.get(f"/api/v1{where}").status_code == 401
    assert author.post(f"{where}/submit", if_match=tag).status_code == 403

    submitted = publisher.post(f"{where}/submit", if_match=tag)
    [waiting] = reviewer.get(f"{VERSIONS}?state=submitted").json()["items"]
    assert (waiting["id"], waiting["theme"], waiting["kind"]) == (
        version["id"],
        "digital-empowerment",
        "camp",
    )
    said = {"comments": [{"file": "curriculum.md", "line": 10, "body": "学时偏少。"}]}
    returned = reviewer.post(f"{where}/return", said, if_match=submitted.headers["ETag"])
    assert returned.json()["state"] == "returned", returned.text
    [told] = author.get(f"{where}/comments").json()
    assert (told["file"], told["line"], told["body"], told["outdated"]) == (
        "curriculum.md",
        10,
        "学时偏少。",
        False,
    )
    [answered] = author.post(
        f"{where}/comments", [{"file": "curriculum.md", "line": 10, "body": "已改。"}]
    ).json()
    assert answered["author"] == "author"

    text = curriculum_text("tsinghua/roadmap", taught=20)
    replaced = hand_in(author, text, if_match=returned.headers["ETag"])
    assert replaced.json()["version"]["id"] == version["id"], replaced.text
    assert [one["outdated"] for one in author.get(f"{where}/comments").json()] == [True, True]
    assert author.get(f"{where}/source").text == text
    submitted = publisher.post(f"{where}/submit", if_match=replaced.headers["ETag"])
    approved = reviewer.post(f"{where}/approve", if_match=submitted.headers["ETag"])
    assert (approved.json()["state"], approved.json()["number"]) == ("published", 1), approved.text

    latest = anyone.get(f"{CAMP}/latest")
    assert latest.json()["document"]["cohort"] == 60
    [course] = latest.json()["courses"]
    assert (course["course"], course["number"], course["latest"], course["hours"]) == ("roadmap", 1, 1, 20)
    again = anyone.get(f"{CAMP}/latest", headers={"If-None-Match": latest.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for query, found in (
        ("theme=digital-empowerment&kind=camp", 1),
        ("kind=year", 0),
        ("institution=xiamen", 0),
    ):
        assert len(anyone.get(f"/api/v1/curricula?{query}").json()["items"]) == found, query

    second = hand_in(
        publisher, curriculum_text("tsinghua/roadmap", taught=24), where=f"{VERSIONS}?submit=true"
    )
    where = f"{VERSIONS}/{second.json()['version']['id']}"
    approved = reviewer.post(f"{where}/approve", if_match=second.headers["ETag"])
    assert [v["number"] for v in anyone.get(f"{CAMP}/versions").json()] == [2, 1]
    assert anyone.get(f"{CAMP}/versions/1").json()["state"] == "superseded"
    withdrawn = publisher.post(f"{where}/withdraw", {"reason": "数据有误"}, if_match=approved.headers["ETag"])
    assert withdrawn.json()["state"] == "withdrawn"
    assert anyone.get(f"{CAMP}/latest").status_code in (401, 404)
    told = publisher.get("/events?limit=100&curriculum_id=1").json()
    assert [event["action"].removeprefix("curriculum-") for event in told] == [
        *("drafted", "submitted", "returned", "replaced", "submitted", "published"),
        *("drafted", "submitted", "superseded", "published", "withdrawn"),
    ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_changed_and_what_it_means_for_records(desk: Desk) -> None:
    publisher, reviewer = Person(desk, desk.people.publisher), Person(desk, desk.people.reviewer)
    for slug in ("a", "b", "c"):
        publisher.published(course_zip(slug, title=f"课程{slug}"), reviewer)

    def published(*courses: str, taught: int = 12) -> int:
        text = curriculum_text(*(f"tsinghua/{slug}" for slug in courses), taught=taught)
        made = hand_in(publisher, text, where=f"{VERSIONS}?submit=true")
        found: int = made.json()["version"]["id"]
        assert reviewer.post(f"{VERSIONS}/{found}/approve", if_match=made.headers["ETag"]).status_code == 200
        return found

    def compared(new: int, old: int) -> tuple[str, list[tuple[str, str, str]], str]:
        answer = desk.client.get(f"/api/v1{VERSIONS}/{new}/changes-since/{old}").json()
        changes = [
            (one["course"][9:], one["change"], one["answer"]) for one in answer["difference"]["courses"]
        ]
        return answer["answer"], changes, answer["text"]

    first = published("a", "b")
    publisher.published(course_zip("a", title="课程a", text="换了说法。"), reviewer)
    second = published("c", "b", "a", taught=18)
    answer, changes, text = compared(second, first)
    assert answer == "replace-in-place"
    assert changes == [
        ("c", "added", "replace-in-place"),
        ("b", "moved", "replace-in-place"),
        ("a", "changed", "replace-in-place"),
    ]
    assert "换版本：课程a，第 1 版 → 第 2 版" in text
    assert "学时: 20 → 26" in text
    publisher.published(course_zip("a", title="课程a", question="another"), reviewer)
    third = published("a", "b", taught=18)
    answer, changes, text = compared(third, second)
    assert answer == "new-activity"
    assert ("a", "changed", "new-activity") in changes
    assert ("c", "removed", "new-activity") in changes
    assert "课程a，第 2 版 → 第 3 版（会影响学习记录）" in text
    assert compared(third, third)[1] == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_judged_like_a_check(desk: Desk) -> None:
    author = Person(desk, desk.people.author)
    text = curriculum_text("tsinghua/roadmap", "xiamen/nowhere").replace(
        "theme: digital-empowerment\n", "theme: digital\n"
    )
    refused = hand_in(author, text)
    assert (refused.status_code, code(refused)) == (422, "input-has-errors")
    told = {(d["code"], d["file"], d["line"]) for d in refused.json()["diagnostics"]}
    assert {("theme-unknown", "curriculum.md", 7), ("course-unknown", "curriculum.md", 12)} <= told
    for content, answer in (
        (b"\xff\xfe", (422, "input-has-errors")),
        (b"---\n" + b"a: [" * 5_000, (422, "input-has-errors")),
        (b"x" * 300_000, (413, "upload-too-large")),
    ):
        got = author.upload(content, where=VERSIONS, Content_Type="text/markdown")
        assert (got.status_code, code(got)) == answer
    assert author.upload(b"zip", where=VERSIONS).status_code == 415
    assert author.get("/curriculum-versions?state=draft").json()["items"] == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_overwrites_another_and_what_is_sent_twice_is_done_once(desk: Desk) -> None:
    publisher, reviewer = Person(desk, desk.people.publisher), Person(desk, desk.people.reviewer)
    publisher.published(course_zip(), reviewer)
    text = curriculum_text("tsinghua/roadmap")
    first, second = (hand_in(publisher, text, idempotency_key="k1") for _ in range(2))
    assert first.json()["version"] == second.json()["version"]
    assert code(hand_in(publisher, text + "别的。", idempotency_key="k1")) == "idempotency-key-reused"
    assert code(hand_in(publisher, text)) == "version-open"
    assert code(hand_in(publisher, text, if_match='"7"')) == "stale"
    where = f"{VERSIONS}/{first.json()['version']['id']}"
    assert code(publisher.post(f"{where}/submit")) == "if-match-required"
    assert hand_in(Person(desk, desk.people.stranger), text).status_code == 403


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_versions_of_courses_are_pinned_at_publication(desk: Desk) -> None:
    publisher, reviewer = Person(desk, desk.people.publisher), Person(desk, desk.people.reviewer)
    first = publisher.published(course_zip(), reviewer)
    made = hand_in(publisher, curriculum_text("tsinghua/roadmap"), where=f"{VERSIONS}?submit=true")
    where = f"{VERSIONS}/{made.json()['version']['id']}"
    tag = publisher.get(f"/versions/{first}").headers["ETag"]
    withdrawn = publisher.post(f"/versions/{first}/withdraw", {}, if_match=tag)
    assert withdrawn.status_code == 200
    refused = reviewer.post(f"{where}/approve", if_match=made.headers["ETag"])
    assert (refused.status_code, code(refused)) == (409, "curriculum-course-unavailable")

    publisher.published(course_zip(text="第二版。"), reviewer)
    assert reviewer.post(f"{where}/approve", if_match=made.headers["ETag"]).status_code == 200
    publisher.published(course_zip(text="第三版。"), reviewer)
    [course] = desk.client.get(f"{CAMP}/latest").json()["courses"]
    assert (course["number"], course["state"], course["latest"]) == (2, "superseded", 3)
