"""A version's life over HTTP: handed in, returned with a comment, replaced, approved, followed by the next, withdrawn."""

from tests.integration.catalog.web.conftest import Desk, Person, code
from tests.support.archives import course_zip


def test_from_draft_to_withdrawal(desk: Desk) -> None:
    author, publisher = Person(desk, desk.people.author), Person(desk, desk.people.publisher)
    reviewer, anyone = Person(desk, desk.people.reviewer), desk.client

    made = author.upload(course_zip())
    assert made.status_code == 201, made.text
    version = made.json()["version"]
    assert (version["state"], version["course"], version["number"]) == ("draft", "roadmap", None)
    assert made.headers["Location"] == f"/api/v1/versions/{version['id']}"
    where, tag = f"/versions/{version['id']}", made.headers["ETag"]
    assert anyone.get(f"/api/v1{where}").status_code == 401
    assert author.post(f"{where}/submit", if_match=tag).status_code == 403

    submitted = publisher.post(f"{where}/submit", if_match=tag)
    assert submitted.json()["state"] == "submitted"
    said = {"comments": [{"file": "01-why/01-diagnosis.md", "line": 3, "body": "请给出数据来源。"}]}
    returned = reviewer.post(f"{where}/return", said, if_match=submitted.headers["ETag"])
    assert returned.json()["state"] == "returned", returned.text
    [told] = author.get(f"{where}/comments").json()
    assert (told["file"], told["line"], told["outdated"]) == ("01-why/01-diagnosis.md", 3, False)

    replaced = author.upload(course_zip(text="数据来自企业自评。"), if_match=returned.headers["ETag"])
    assert replaced.status_code == 201, replaced.text
    assert replaced.json()["version"]["id"] == version["id"]
    assert author.get(f"{where}/comments").json()[0]["outdated"] is True
    submitted = publisher.post(f"{where}/submit", if_match=replaced.headers["ETag"])
    approved = reviewer.post(f"{where}/approve", if_match=submitted.headers["ETag"])
    assert (approved.json()["state"], approved.json()["number"]) == ("published", 1)

    latest = anyone.get("/api/v1/courses/tsinghua/roadmap/latest")
    assert latest.json()["id"] == version["id"]
    again = anyone.get(
        "/api/v1/courses/tsinghua/roadmap/latest", headers={"If-None-Match": latest.headers["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")

    following = publisher.upload(course_zip(text="数据来自企业自评与现场走访。"))
    second = following.json()["version"]
    submitted = publisher.post(f"/versions/{second['id']}/submit", if_match=following.headers["ETag"])
    reviewer.post(f"/versions/{second['id']}/approve", if_match=submitted.headers["ETag"])
    compared = anyone.get(f"/api/v1/versions/{second['id']}/changes-since/{version['id']}")
    assert compared.json()["answer"] == "replace-in-place"
    assert "现场走访" in compared.json()["text"]
    numbers = [row["number"] for row in anyone.get("/api/v1/courses/tsinghua/roadmap/versions").json()]
    assert numbers == [2, 1]

    tag = anyone.get(f"/api/v1/versions/{second['id']}").headers["ETag"]
    withdrawn = publisher.post(f"/versions/{second['id']}/withdraw", {"reason": "数据有误"}, if_match=tag)
    assert withdrawn.json()["state"] == "withdrawn"
    assert anyone.get("/api/v1/courses/tsinghua/roadmap/latest").status_code in (401, 404)

    actions = [event["action"] for event in publisher.get("/events?limit=100").json() if event["version_id"]]
    assert actions == [
        "version-drafted",
        "version-submitted",
        "version-returned",
        "version-replaced",
        "version-submitted",
        "version-published",
        "version-drafted",
        "version-submitted",
        "version-published",
        "version-superseded",
        "version-withdrawn",
    ]


def test_the_same_diagnostics_as_the_check(desk: Desk) -> None:
    author = Person(desk, desk.people.author)
    bad = course_zip(text="![](missing.png)")
    refused = author.upload(bad)
    assert (refused.status_code, code(refused)) == (422, "input-has-errors")
    told = {(d["code"], d["file"], d["line"]) for d in refused.json()["diagnostics"]}
    assert ("missing-file", "01-why/01-diagnosis.md", 3) in told


def test_nobody_overwrites_another_in_silence(desk: Desk) -> None:
    author = Person(desk, desk.people.author)
    made = author.upload(course_zip())
    again = author.upload(course_zip(text="另一版。"))
    assert (again.status_code, code(again)) == (409, "version-open")
    first = author.upload(course_zip(text="甲。"), if_match=made.headers["ETag"])
    assert first.status_code == 201
    second = author.upload(course_zip(text="乙。"), if_match=made.headers["ETag"])
    assert (second.status_code, code(second)) == (412, "stale")
    where = f"/versions/{made.json()['version']['id']}"
    publisher = Person(desk, desk.people.publisher)
    blind = publisher.post(f"{where}/submit")
    assert (blind.status_code, code(blind)) == (428, "if-match-required")


def test_an_upload_sent_twice_is_done_once(desk: Desk) -> None:
    author = Person(desk, desk.people.author)
    first = author.upload(course_zip(), idempotency_key="k1")
    second = author.upload(course_zip(), idempotency_key="k1")
    assert first.status_code == second.status_code == 201
    assert first.json()["version"] == second.json()["version"]
    other = author.upload(course_zip(text="别的。"), idempotency_key="k1")
    assert (other.status_code, code(other)) == (422, "idempotency-key-reused")


def test_an_upload_of_somebody_who_may_not(desk: Desk) -> None:
    assert Person(desk, desk.people.reviewer).upload(course_zip()).status_code == 403
    assert Person(desk, desk.people.stranger).upload(course_zip()).status_code == 403
    assert desk.client.post("/api/v1/versions", content=course_zip()).status_code == 401


def test_a_source_comes_back(desk: Desk) -> None:
    author = Person(desk, desk.people.author)
    made = author.upload(course_zip()).json()["version"]
    source = author.get(f"/versions/{made['id']}/source")
    assert source.headers["Content-Type"] == "application/zip"
    assert len(source.content) == made["source_size"]
    assert Person(desk, desk.people.stranger).get(f"/versions/{made['id']}/source").status_code == 404
