"""The public calendar: whole, safe, and the same each time. How it looks is in tests/browser/pages/test_visits.py."""

import re
from html.parser import HTMLParser

import msgspec
import pytest

from exporters.visits.output.html.site import site
from exporters.visits.output.schedule import Schedule
from schemas.text import Text
from tests.support import visits_by_hand as hand


def pages_of(schedule: Schedule) -> dict[str, str]:
    return {path: make().decode() for path, make in site(schedule)}


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return pages_of(hand.schedule())


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.identifiers: set[str] = set()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        values = dict(attrs)
        self.links += [value for name in ("href", "src") if (value := values.get(name))]
        self.identifiers |= {value for value in [values.get("id")] if value}


def read(page: str) -> _Links:
    parser = _Links()
    parser.feed(page)
    return parser


def test_there_is_a_page_of_the_programme_and_of_each_class_and_host(pages: dict[str, str]) -> None:
    chinese = {"index.html", *(f"classes/spring-{n}.html" for n in (1, 2))}
    chinese |= {"hosts/chenguang-bearing.html", "hosts/qiantang-cloud.html"}
    assert set(pages) == chinese | {f"en/{path}" for path in chinese}


def test_every_link_leads_to_a_page_or_a_place_on_it(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        found = read(page)
        assert not found.tags & {"script", "iframe", "img", "form"}
        for link in found.links:
            if link.startswith("#"):
                assert link[1:] in found.identifiers
            elif link != "data:,":
                parts: list[str] = []
                for part in [*path.split("/")[:-1], *link.split("/")]:
                    parts = parts[:-1] if part == ".." else [*parts, part]
                assert "/".join(parts) in pages, (path, link)


def test_the_pages_say_who_is_where_and_when(pages: dict[str, str]) -> None:
    assert "实地教学（示例）</h1>" in pages["index.html"]
    assert '<time datetime="2023-03-14"><b>14</b> 周二</time>' in pages["index.html"]
    card = pages["classes/spring-1.html"]
    for said in ("2023年3月14日（周二）", "江苏省苏州市示例路 1 号", hand.LEARNS, "能判断本企业的数字化等级"):
        assert said in card
    assert "已取消：" in pages["classes/spring-2.html"]
    assert "Whole calendar" in pages["en/classes/spring-1.html"]
    assert "Chenguang Bearings (sample)" in pages["en/classes/spring-1.html"]


@pytest.mark.parametrize("bad", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "&lt;b&gt;"])
def test_what_authors_write_is_text(bad: str) -> None:
    made = hand.programme()
    host = msgspec.structs.replace(made.enterprises[0], name=Text(bad), learns=Text(bad))
    cohort = msgspec.structs.replace(made.cohorts[0], name=Text(bad), id=bad)
    visits = tuple(
        msgspec.structs.replace(one, cohort=bad) if one.cohort == "spring-1" else one for one in hand.visits()
    )
    schedule = Schedule(
        msgspec.structs.replace(
            made, enterprises=(host, made.enterprises[1]), cohorts=(cohort, made.cohorts[1])
        ),
        msgspec.structs.replace(hand.plan(), visits=visits),
        Text(bad),
    )
    for path, page in pages_of(schedule).items():
        assert re.fullmatch(r"[\w/.-]+", path)
        assert bad not in page
        assert not read(page).tags & {"script", "img", "b"} - {"b"}


def test_nothing_may_run_or_be_fetched(pages: dict[str, str]) -> None:
    for page in pages.values():
        [policy] = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert " style=" not in page


def test_the_same_plan_gives_the_same_bytes(pages: dict[str, str]) -> None:
    assert pages_of(hand.schedule()) == pages
