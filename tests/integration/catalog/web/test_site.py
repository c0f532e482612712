"""The pages that everybody may see: complete without scripts, and never a word of a draft."""

import re
from pathlib import Path

import msgspec
import pytest

from catalog.services import curricula, versions
from catalog.web.site.page import STYLE, STYLE_NAME
from schemas.course import Mode
from schemas.text import Text
from tests.integration.catalog.web.conftest import Desk
from tests.support.bridge import PLAYER
from tests.support.catalogue import facts, publish, upload
from tests.support.curricula import written
from tests.support.curriculum_text import curriculum_text
from tests.support.published import publish_curriculum, withdraw

EVIL = "<script>alert('x')</script>"


def _publish(desk: Desk, slug: str, **changes: object) -> int:
    with desk.parts.database.write() as session:
        return publish(session, desk.people, slug, facts(slug, **changes))


def _page(desk: Desk, address: str = "/", status: int = 200, **headers: str) -> str:
    answer = desk.client.get(address, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "built-in" not in answer.text
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", answer.text.replace("&lt;", ""))
    return answer.text


def test_an_empty_catalogue(desk: Desk) -> None:
    assert "共 0 门课程" in _page(desk)


def test_the_list_shows_what_is_published_and_nothing_else(desk: Desk) -> None:
    _publish(desk, "first", title=Text("第一门", "The first"))
    with desk.parts.database.write() as session:
        made = facts("secret", title=Text("秘密草稿", "Secret draft"))
        draft = versions.upload(session, desk.people.publisher, upload("secret", "s", made), if_match=None)
        versions.submit(session, desk.people.publisher, draft.id, if_match=draft.row_version)
    for text in (_page(desk), _page(desk, "/?q=草稿"), _page(desk, "/?institution=tsinghua")):
        assert "秘密草稿" not in text
    assert "第一门" in _page(desk)
    assert "The first" in _page(desk, "/", 200, **{"Accept-Language": "en"})
    assert "The first" in _page(desk, "/?lang=en")
    missing = _page(desk, "/courses/tsinghua/secret", 404)
    assert "tsinghua/secret" in missing


def test_search_facets_and_pages(desk: Desk) -> None:
    for number in range(23):
        changes = {"mode": Mode.ONLINE, "themes": {"regional-development": 4.0}} if number % 2 else {}
        _publish(desk, f"c{number}", title=Text(f"第{number}门路线图"), **changes)
    first = _page(desk)
    assert "共 23 门课程" in first
    assert first.count("<article>") == 20
    following = re.search(r'href="([^"]*cursor=[^"]*)"', first)
    assert following is not None
    second = _page(desk, following[1].replace("&amp;", "&"))
    assert second.count("<article>") == 3
    assert "回到第一页" in second
    chosen = _page(desk, "/?theme=regional-development&mode=online&q=路线")
    command = "/api/v1/packages?format=scorm12&amp;lms=generic&amp;theme=regional-development&amp;mode=online&amp;q=%E8%B7%AF"
    assert command in chosen
    assert "/api/v1/packages" not in _page(desk, "/?q=没有的")
    assert "“路线”找到 11 门课程" in chosen
    assert "<mark>路线</mark>" in chosen
    assert 'name="theme" value="regional-development"' in chosen
    assert "没有符合条件的课程" in _page(desk, "/?mode=blended&theme=regional-development")
    assert "cursor" in _page(desk, "/?cursor=nonsense", 400)


def test_what_authors_write_is_text(desk: Desk) -> None:
    _publish(desk, "evil", title=Text(EVIL), summary=Text(f'"{EVIL}'), licence=EVIL)
    for address in ("/", "/?q=alert", "/courses/tsinghua/evil", f"/?q={EVIL}&theme={EVIL}&mode=%22{EVIL}"):
        assert EVIL not in _page(desk, address)


def test_a_course_and_its_versions(desk: Desk) -> None:
    _publish(desk, "roadmap")
    _publish(desk, "roadmap", title=Text("第二版的标题"))
    page = _page(desk, "/courses/tsinghua/roadmap")
    assert "第二版的标题" in page
    assert "现状诊断" in page
    assert "已被新版本取代" in page
    older = _page(desk, "/courses/tsinghua/roadmap?version=1")
    assert "这不是最新版本" in older
    assert "数字化转型路线图" in older
    moodle = _page(desk, "/courses/tsinghua/roadmap?lms=moodle&lang=en")
    assert "SCORM package" in moodle
    packages = re.findall(r'href="(/api/[^"]*/packages/[^"]*)"', moodle)
    assert len(packages) == 5
    for address in packages:  # there, for whoever signs in
        assert desk.client.get(address.replace("&amp;", "&")).status_code == 401
    _page(desk, "/courses/tsinghua/roadmap?lms=abacus", 400)
    _page(desk, "/courses/tsinghua/roadmap?version=9", 404)


def test_curricula(desk: Desk) -> None:
    people, database = desk.people, desk.parts.database
    assert "没有符合条件的培训方案" in _page(desk, "/curricula")
    course = _publish(desk, "roadmap", title=Text("路线图课程", "Roadmap course"))
    publish_curriculum(database, people, curriculum_text("tsinghua/roadmap"))
    evil = curriculum_text("tsinghua/roadmap", slug="evil").replace("class: camp", "class: year")
    publish_curriculum(database, people, evil.replace("zh: 数字化赋能主题特训营", f'zh: "{EVIL}"'))
    with database.write() as session:
        draft = msgspec.structs.replace(written("x"), id="hidden")
        curricula.upload(session, people.publisher, draft, if_match=None)
    listed = _page(desk, "/curricula")
    assert "共 2 个培训方案" in listed
    assert EVIL not in listed
    camps = _page(desk, "/curricula?kind=camp&theme=digital-empowerment&lang=en")
    assert "1 curriculum<" in camps
    assert "Digital empowerment camp" in camps
    assert EVIL not in _page(desk, "/curricula/tsinghua/evil")

    _publish(desk, "roadmap", title=Text("第二版"))
    page = _page(desk, "/curricula/tsinghua/camp?lms=moodle")
    for words in ("路线图课程", "已有第 2 版", "集中学习", "C34", "导入步骤", "<p>面向企业负责人。</p>"):
        assert words in page, words
    assert 'href="/courses/tsinghua/roadmap?version=1"' in page
    packages = re.findall(r'href="(/api/[^"]*/packages/[^"]*)"', page)
    assert len(packages) == 9  # of five formats, xAPI and the like only as a set
    assert sum("collected=true" in address for address in packages) == 5
    for address in packages:  # there, for whoever signs in
        assert desk.client.get(address.replace("&amp;", "&")).status_code == 401
    publish_curriculum(database, people, curriculum_text("tsinghua/roadmap", taught=24))
    assert "这不是最新版本" in _page(desk, "/curricula/tsinghua/camp?version=1")
    withdraw(database, people, course)
    gone = _page(desk, "/curricula/tsinghua/camp?version=1")
    assert "课程包不再发放" in gone
    assert "/packages/" not in gone
    _page(desk, "/curricula/tsinghua/camp?version=9", 404)


def test_who_has_a_page_gets_it_again_when_something_happened(desk: Desk) -> None:
    _publish(desk, "one", title=Text("甲课"))
    answer = desk.client.get("/")
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert desk.client.get("/", headers=tag).status_code == 304
    assert desk.client.get("/?lang=en", headers=tag).status_code == 200
    _publish(desk, "two", title=Text("乙课"))
    again = desk.client.get("/", headers=tag)
    assert again.status_code == 200
    assert "乙课" in again.text


def test_the_style_is_there_for_ever(desk: Desk) -> None:
    assert f"/-/{STYLE_NAME}" in _page(desk)
    answer = desk.client.get(f"/-/{STYLE_NAME}")
    assert answer.content == STYLE
    assert "immutable" in answer.headers["Cache-Control"]
    assert desk.client.get("/-/icon.svg").headers["Content-Type"] == "image/svg+xml"


@pytest.mark.parametrize("dark", [False, True])
def test_the_palette_is_that_of_the_learners_pages(dark: bool) -> None:
    tokens = (Path(PLAYER) / "src" / "styles" / "tokens.css").read_text(encoding="utf-8")
    theirs = _colours(tokens.partition(':root[data-theme="dark"]')[2 if dark else 0])
    style = STYLE.decode()
    ours = _colours(style.partition("prefers-color-scheme: dark")[2 if dark else 0])
    assert len(ours) > 12
    assert {name: theirs[name] for name in ours} == ours


def _colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


def test_each_page_leads_to_the_feed_of_what_it_is_about(desk: Desk) -> None:
    _publish(desk, "roadmap")
    publish_curriculum(desk.parts.database, desk.people, curriculum_text("tsinghua/roadmap"))
    pages = {
        "/": "",
        "/courses/tsinghua/roadmap": "/courses/tsinghua/roadmap",
        "/curricula": "/curricula",
        "/curricula/tsinghua/camp": "/curricula/tsinghua/camp",
    }
    for path, feed in pages.items():
        found = re.findall(
            r'<link rel="alternate" type="application/atom\+xml" href="([^"]*)"', _page(desk, path)
        )
        assert found == [f"/api/v1/feeds{feed}"]
        assert desk.client.get(found[0]).status_code == 200
    assert 'href="/api/v1/feeds"' in _page(desk, "/courses/tsinghua/none", 404)
