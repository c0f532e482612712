"""A course and a learner: the engine's page is found wherever an LMS put it, and driven through `session`."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import BrowserContext, Frame, Page

from tests.support.course_data import Data, course, lesson, module, options, question
from tests.support.static_server import StaticServer

QUESTIONS: dict[str, Data] = {
    each["id"]: each
    for each in (
        question(
            "q1", "choice", multiple=True, options=options("abcd"), correct=["a", "c"], objectives=["o1"]
        ),
        question(
            "q2",
            "fill-in",
            blanks=[["北京", "北京市"], ["两化融合"]],
            attempts=2,
            objectives=["o1", "目标二"],
        ),
        question("q3", answer=True, points=3, objectives=["目标二"]),
        question("q4", "numeric", low=3.13, high=3.15, points=2),
        question("q5", "matching", sources=options(["lean", "six"]), targets=options(["waste", "deviation"])),
        question("q6", "sequencing", items=options("abc")),
        question("问题七", "likert", scale=options("12345")),
        question("q8", "long-fill-in", text="谈谈你的看法：" + "很长的题目" * 60),
    )
}
COURSE = course(
    module("m1", lesson("l1", QUESTIONS["q1"], QUESTIONS["q2"])),
    module("m2", lesson("l2", *(QUESTIONS[name] for name in ("q3", "q4", "q5", "q6", "问题七", "q8")))),
    objectives=[{"id": "o1", "text": "会诊断"}, {"id": "目标二", "text": "会规划"}],
)  # 9 points to win: 1, 1, 3, 2, 1, 1
RIGHT: dict[str, Data] = {
    "q1": {"type": "choice", "chosen": ["c", "a"]},
    "q2": {"type": "fill-in", "texts": ["北京", "两化融合"]},
    "q3": {"type": "true-false", "value": True},
    "q4": {"type": "numeric", "text": "３.14"},
    "q5": {"type": "matching", "pairs": [["six", "deviation"], ["lean", "waste"]]},
    "q6": {"type": "sequencing", "order": ["a", "b", "c"]},
    "问题七": {"type": "likert", "chosen": "4"},
    "q8": {"type": "long-fill-in", "text": "先诊断，\n再上云。"},
}
WRONG: dict[str, Data] = {
    "q1": {"type": "choice", "chosen": ["b"]},
    "q2": {"type": "fill-in", "texts": ["上海", "{两化[,]融合"]},
    "q3": {"type": "true-false", "value": False},
    "q4": {"type": "numeric", "text": "三"},
    "q5": {"type": "matching", "pairs": [["six", "waste"], ["lean", "deviation"]]},
    "q6": {"type": "sequencing", "order": ["c", "b", "a"]},
}


class Learner:
    """Someone with a course open."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame

    def say(self, call: str, *words: object) -> Any:
        """Calls the session, e.g. `say("visit", "l1")`."""
        return self.frame.evaluate("([name, words]) => session[name](...words)", [call, list(words)])

    def answer(self, name: str, response: Data) -> Any:
        """Answers a question after two and a half seconds of thought."""
        return self.say("answer", QUESTIONS[name], response, 2512.5)

    @property
    def troubles(self) -> list[str]:
        """What the session told of trouble so far."""
        return self.frame.evaluate("troubles")  # type: ignore[no-any-return]

    def settle(self) -> None:
        """Waits until the LMS has everything."""
        self.frame.evaluate("new Promise((done) => setTimeout(done, 30))")
        self.frame.wait_for_function("troubles.length === 0 || troubles.at(-1) === 'none'", timeout=60_000)

    def close(self) -> None:
        """Closes the tab as a person does."""
        page = self.frame.page
        with page.expect_event("close"):
            page.close(run_before_unload=True)


def observe(context: BrowserContext, expression: str) -> Any:
    """Evaluates in the page that every test has open beside the LMS, at the same origin: it sees what is stored."""
    return context.pages[0].evaluate(expression)


def has_ended(kept: dict[str, Any]) -> bool:
    """Whether every launch came to its end."""
    ended: bool = kept["ended"] == kept["launched"]
    return ended


def recorded(
    context: BrowserContext, *, once: Callable[[dict[str, Any]], bool] = has_ended
) -> dict[str, Any]:
    """What the LMS recorded once that holds, or the last of it when it doesn't come to hold.

    Chromium brings one tab's storage to another tab a moment later.
    """
    for _ in range(600):
        kept: dict[str, Any] = json.loads(observe(context, "localStorage.getItem('lms')"))
        if once(kept):
            break
        context.pages[0].wait_for_timeout(50)
    return kept


def still_recorded(context: BrowserContext, calls: int) -> dict[str, Any]:
    """What the LMS recorded a second after so many calls: long enough for one too many to be seen."""
    recorded(context, once=lambda kept: len(kept["calls"]) >= calls)
    context.pages[0].wait_for_timeout(1000)
    return recorded(context, once=lambda _: True)


def launch(
    context: BrowserContext, site: StaticServer, version: str, page: str = "player.html", **ask: str
) -> Learner:
    """Opens the LMS and in it the course."""
    words = {
        "version": version,
        "quirk": "none",
        "layout": "child",
        "other": f"{site.other}/{version}/",
        **ask,
    }
    top = context.new_page()
    top.goto(f"{site.origin}/{version}/{page}?{urlencode(words)}")
    frame = _sco(top)
    frame.wait_for_function("globalThis.session !== undefined")
    return Learner(frame)


def _sco(top: Page) -> Frame:
    for _ in range(3000):
        for page in top.context.pages:
            for frame in page.frames:
                if frame.url.partition("?")[0].endswith("/sco.html"):
                    return frame
        top.wait_for_timeout(20)
    raise AssertionError("the course never opened")
