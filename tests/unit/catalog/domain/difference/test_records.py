"""What learners' records notice: an edit of the course, the rules it sets off, and the packages that it breaks."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from catalog.domain.difference import Answer, compare
from catalog.domain.difference.rules import RULES
from schemas.course import Course
from schemas.package import Format

Version = Callable[[tuple[tuple[str, str], ...]], Course]

ALL = {"scorm12", "scorm2004-3", "scorm2004-4", "cmi5", "xapi"}
# In which packages records break: `format/structure`.
EVERYWHERE = {f"{kind}/{structure}" for kind in ALL for structure in ("lessons", "single")} - {"xapi/lessons"}
LESSONS = {kind for kind in EVERYWHERE if kind.endswith("/lessons")}
SCORM = {kind for kind in EVERYWHERE if kind.startswith("scorm")}
WEIGHED = {"scorm2004-3/lessons", "scorm2004-4/lessons"}
NOWHERE: set[str] = set()


class Case(NamedTuple):
    """`codes` as `code` or `code: identifiers that it names`."""

    name: str
    edits: tuple[tuple[str, str], ...]
    codes: set[str]
    breaks: set[str]


LESSON_4 = """## 复盘 {#l4}

复盘看得失。

::: question likert {#q7}
我有信心。

- 不同意
- 一般
- 同意
:::

::: question long-fill-in {#q8}
写下你的打算。
:::
"""
QUESTION_2 = """::: question true-false {#q2 points=2 objectives="o1"}
系统越多越好。

= 错
:::
"""
QUESTION_7 = """::: question likert {#q7}
我有信心。

- 不同意
- 一般
- 同意
:::
"""
NEW_LESSON = "\n## 验收 {#l5}\n\n验收看结果。\n"
NEW_QUESTION = "\n::: question true-false {#q9}\n对吗？\n\n= 对\n:::\n"

CASES = (
    Case("nothing", (), set(), NOWHERE),
    Case("words", (("规划分三步走", "规划分四步走"),), set(), NOWHERE),
    Case("titles", (("## 规划 {", "## 规划与预算 {"), ("# 基础 {", "# 打基础 {")), set(), NOWHERE),
    Case("hours", (("hours: 8", "hours: 10"),), set(), NOWHERE),
    Case("institution", (("institution: tsinghua", "institution: pku"),), {"course-identity"}, EVERYWHERE),
    Case("course identifier", (("id: roadmap", "id: road-map"),), {"course-identity"}, EVERYWHERE),
    Case(
        "lesson without scored questions removed",
        ((LESSON_4, ""),),
        {"lesson-removed: l4", "lesson-removed-inside: l4", "unscored-lost: q7 q8"},
        LESSONS,
    ),
    Case(
        "lesson identifier",
        (("{#l4}", "{#review}"),),
        {"lesson-reidentified: review", "unscored-lost: q7 q8"},
        EVERYWHERE,
    ),
    Case(
        "lesson added",
        ((LESSON_4, LESSON_4 + NEW_LESSON),),
        {"lesson-added: l5", "lesson-added-inside: l5"},
        NOWHERE,
    ),
    Case("lessons to and fro", (("{#l1}", "{#l1x}"),), {"lesson-reidentified: l1x", "question-moved: q1 q2"}, EVERYWHERE),
    Case("linear", (("pass:", "sequence: linear\npass:"),), {"order-tightened"}, NOWHERE),
    Case("prerequisites", (("{#m2}", '{#m2 prerequisites="m1"}'),), {"order-tightened"}, NOWHERE),
    Case("scored question removed", ((QUESTION_2, ""),), {"question-removed: q2"}, EVERYWHERE),
    Case("unscored question removed", ((QUESTION_7, ""),), {"unscored-lost: q7"}, NOWHERE),
    Case(
        "scored question added",
        ((QUESTION_7, QUESTION_7 + NEW_QUESTION),),
        {"question-added: q9", "question-added-weighed: q9"},
        WEIGHED,
    ),
    Case(
        "scored question added where no score is asked for",
        ((QUESTION_7, QUESTION_7 + NEW_QUESTION), ("score: 0.8, ", "")),
        {"question-added: q9", "pass-lowered"},
        NOWHERE,
    ),
    Case("question identifier", (("{#q4 ", "{#answer "),), {"question-reidentified: answer"}, EVERYWHERE),
    Case(
        "question moved",
        ((QUESTION_2, ""), (QUESTION_7, QUESTION_2 + QUESTION_7)),
        {"question-moved: q2"},
        LESSONS,
    ),
    Case(
        "question type",
        (("numeric {#q4", "fill-in {#q4"), ("六乘七等于几？", "六乘七等于____。")),
        {"question-type-changed: q4"},
        EVERYWHERE,
    ),
    Case(
        "another option is right",
        (("- [ ] 购买设备\n- [x] 找准问题", "- [x] 购买设备\n- [ ] 找准问题"),),
        {"right-answer-changed: q1"},
        EVERYWHERE,
    ),
    Case("true instead of false", (("= 错", "= 对"),), {"right-answer-changed: q2"}, EVERYWHERE),
    Case("another blank", (("= 北京", "= 南京"),), {"right-answer-changed: q3"}, EVERYWHERE),
    Case("one more accepted", (("= 北京", "= 北京 | 北京市"),), {"right-answer-widened: q3"}, NOWHERE),
    Case("wider number", (("= 42", "= 41..43"),), {"right-answer-widened: q4"}, NOWHERE),
    Case("another number", (("= 42", "= 43"),), {"right-answer-changed: q4"}, EVERYWHERE),
    Case(
        "another order",
        (("1. 诊断\n2. 规划", "1. 规划\n2. 诊断"),),
        {"right-answer-changed: q5"},
        EVERYWHERE,
    ),
    Case(
        "another pair",
        (("精益 | 减少浪费", "精益 | 快速响应"), ("敏捷 | 快速响应", "敏捷 | 减少浪费")),
        {"right-answer-changed: q6"},
        EVERYWHERE,
    ),
    Case(
        "rows in another order",
        (("| 精益 | 减少浪费 |\n| 敏捷 | 快速响应 |", "| 敏捷 | 快速响应 |\n| 精益 | 减少浪费 |"),),
        {"options-shifted: q6"},
        EVERYWHERE,
    ),
    Case(
        "options in another order",
        (("- [ ] 购买设备\n- [x] 找准问题", "- [x] 找准问题\n- [ ] 购买设备"),),
        {"options-shifted: q1"},
        EVERYWHERE,
    ),
    Case(
        "options in another order under their identifiers",
        (
            ("- [ ] 购买设备\n- [x] 找准问题", "- [x] 找准问题 {#b}\n- [ ] 购买设备 {#a}"),
            ("招聘人员", "招聘人员 {#c}"),
        ),
        set(),
        NOWHERE,
    ),
    Case("first option removed", (("- [ ] 购买设备\n", ""),), {"options-shifted: q1"}, EVERYWHERE),
    Case("last option removed", (("- [ ] 招聘人员\n", ""),), set(), NOWHERE),
    Case("option added at the end", (("招聘人员", "招聘人员\n- [ ] 等待"),), set(), NOWHERE),
    Case("option in better words", (("- [x] 找准问题", "- [x] 先找准问题"),), set(), NOWHERE),
    Case("option replaced", (("招聘人员", "申请补贴资金"),), {"options-reworded: q1"}, EVERYWHERE),
    Case("scale turned round", (("- 不同意\n- 一般\n- 同意", "- 同意\n- 一般\n- 不同意"),), {"options-shifted: q7"}, EVERYWHERE),
    Case("points", (("points=2", "points=3"),), {"points-changed: q2"}, EVERYWHERE),
    Case("attempts", (("{#q4 ", "{#q4 attempts=3 "),), set(), NOWHERE),
    Case("objective", (('{#q4 objectives="o2"', '{#q4 objectives="o1"'),), {"objectives-changed: q4"}, NOWHERE),
    Case("score raised", (("score: 0.8", "score: 0.9"),), {"pass-raised", "pass-raised-kept"}, SCORM),
    Case("score lowered", (("score: 0.8", "score: 0.6"),), {"pass-lowered"}, NOWHERE),
    Case("fewer lessons needed", (("lessons: all", "lessons: 0.5"),), {"completion-changed"}, NOWHERE),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_records_notice(case: Case, version: Version) -> None:
    difference = compare(version(()), version(case.edits))
    told = {
        f"{reason.code}: {' '.join(named)}" if (named := reason.questions or reason.lessons) else reason.code
        for reason in difference.reasons
    }
    assert told == case.codes
    breaks = {
        f"{v.format.value}/{v.structure}" for v in difference.verdicts if v.answer is Answer.NEW_ACTIVITY
    }
    assert breaks == case.breaks
    assert difference.answer is (Answer.NEW_ACTIVITY if breaks else Answer.REPLACE_IN_PLACE)
    for reason in difference.reasons:
        assert "{" not in reason.words.zh.replace("{#", "")
        assert reason.words.en != reason.words.zh


def test_fewer_tries(version: Version) -> None:
    old, new = version((("{#q4 ", "{#q4 attempts=3 "),)), version((("{#q4 ", "{#q4 attempts=2 "),))
    assert [reason.code for reason in compare(old, new).reasons] == ["tries-fewer"]


def test_keys_of_what_is_gone_are_not_used_again(version: Version) -> None:
    """A lesson and a question that go, and others that come with their three characters."""
    from schemas.identifiers import state_key

    first, second = _clash()
    assert first != second
    assert state_key(first) == state_key(second)
    old = version((("{#q4 ", f"{{#{first} "), ("{#l4}", f"{{#{first}}}")))
    text = (("{#q4 ", f"{{#{second} "), ("六乘七等于几？", "七乘六是多少？"), ("{#l4}", f"{{#{second}}}"))
    new = version((*text, ("## 复盘", "## 验收"), ("复盘看得失", "验收看结果")))
    codes = {reason.code for reason in compare(old, new).reasons}
    assert {"question-key-reused", "lesson-key-reused"} <= codes


def _clash() -> tuple[str, str]:
    from schemas.identifiers import state_key

    seen: dict[str, str] = {}
    for number in range(100_000):
        name = f"key-{number}"
        other = seen.setdefault(state_key(name), name)
        if other != name:
            return other, name
    raise AssertionError


def test_every_rule_is_set_off_by_a_case() -> None:
    told = {code.split(":")[0] for case in CASES for code in case.codes}
    assert told | {"tries-fewer", "question-key-reused", "lesson-key-reused"} == set(RULES)


def test_the_answer_for_one_package(version: Version) -> None:
    difference = compare(version(()), version(((LESSON_4, ""),)))
    assert difference.verdict(Format.SCORM12, "lessons") is Answer.NEW_ACTIVITY
    assert difference.verdict(Format.SCORM12, "single") is Answer.REPLACE_IN_PLACE
    assert difference.verdict(Format.HTML, "pages") is None
