"""What learners' records notice, one line a rule: its words, whether records break, and in which packages.

Where it comes from: items, resources and pages are named after the author's identifiers (exporters/outline.py); saved
progress is keyed by three characters of lessons' and questions' identifiers, keeps outcomes without judging them again,
and never takes a pass back (exporters/player/src/session); responses name options by identifier. In the structure
`lessons` every lesson saves its own progress, and the LMS works out the course's status: SCORM 2004 by the rollup rules
and weights of the manifest (exporters/scorm2004.py), SCORM 1.2 by the mastery score of each lesson.
"""

from typing import NamedTuple

from schemas.package import Format, Structure
from schemas.text import Text

SCORM2004 = (Format.SCORM2004_3, Format.SCORM2004_4)
SCORM = (Format.SCORM12, *SCORM2004)
FORMATS = (*SCORM, Format.CMI5, Format.XAPI)  # what an LMS takes
BOTH: tuple[Structure, ...] = ("lessons", "single")
LESSONS: tuple[Structure, ...] = ("lessons",)
SINGLE: tuple[Structure, ...] = ("single",)


class Rule(NamedTuple):
    """One line. `words` may name `{lessons}`, `{questions}` and what the rule passes on."""

    code: str
    words: Text
    formats: tuple[Format, ...]
    structures: tuple[Structure, ...]
    breaks: bool


def _breaks(
    code: str,
    words: Text,
    formats: tuple[Format, ...] = FORMATS,
    structures: tuple[Structure, ...] = BOTH,
) -> Rule:
    """Records would be lost or wrong."""
    return Rule(code, words, formats, structures, breaks=True)


def _note(
    code: str,
    words: Text,
    formats: tuple[Format, ...] = FORMATS,
    structures: tuple[Structure, ...] = BOTH,
) -> Rule:
    """Records stay; good to know."""
    return Rule(code, words, formats, structures, breaks=False)


RULES = {
    rule.code: rule
    for rule in (
        _breaks(
            "course-identity",
            Text(
                "课程由 {before} 改为 {after}：对学习平台来说是另一门课程。",
                "The course was {before} and is {after}: to an LMS that is another course.",
            ),
        ),
        _breaks(
            "lesson-removed",
            Text(
                "删除了课 {lessons}：学习平台会一并删去这些课的学习记录。",
                "Lessons were removed: {lessons}. The LMS drops their records with them.",
            ),
            structures=LESSONS,
        ),
        _note(
            "lesson-removed-inside",
            Text(
                "删除了课 {lessons}：不再计入进度，其余各课的记录不受影响。",
                "Lessons were removed: {lessons}. They no longer count; the records of the others stay.",
            ),
            structures=SINGLE,
        ),
        _breaks(
            "lesson-reidentified",
            Text(
                "课的标识变了：{lessons}。学习平台会把它们当作新课，原有进度找不到。改回原标识即可避免。",
                "Lessons got other identifiers: {lessons}. They are new to an LMS, and progress in them is lost. "
                "Giving back the old identifiers avoids it.",
            ),
        ),
        _breaks(
            "lesson-key-reused",
            Text(
                "新课 {lessons} 与已删除的课存档短码碰巧相同，会被当作已经学过。请改一个字的标识。",
                "New lessons happen to have the short keys of removed ones: {lessons}. They would count as taken. "
                "Change one letter of their identifiers.",
            ),
        ),
        _note(
            "lesson-added",
            Text(
                "新增了课 {lessons}：已有记录不变；学完全课的学员，学习平台可能显示为未完成，学完新课后恢复。",
                "Lessons were added: {lessons}. Records stay; an LMS may show learners who had finished as incomplete "
                "until they have taken them.",
            ),
            structures=LESSONS,
        ),
        _note(
            "lesson-added-inside",
            Text(
                "新增了课 {lessons}：已经完成的学员仍为完成，其他学员要多学这些课。",
                "Lessons were added: {lessons}. Whoever had finished stays finished; the others have more to take.",
            ),
            structures=SINGLE,
        ),
        _note(
            "order-tightened",
            Text(
                "学习顺序的要求有变：尚未学完的学员可能要先学前面的课，才能继续。",
                "The order to take lessons in changed: learners on their way may have to take earlier ones first.",
            ),
        ),
        _breaks(
            "question-removed",
            Text(
                "删除了计分题 {questions}：总分变了，已有成绩不再可比。",
                "Scored questions were removed: {questions}. The points to be won change, and scores on record no "
                "longer compare.",
            ),
        ),
        _breaks(
            "question-reidentified",
            Text(
                "计分题的标识变了：{questions}。已答的题会变成未答。写上原标识（如 {{#{old}}}）即可避免。",
                "Scored questions got other identifiers: {questions}. Answered ones become unanswered. Writing the "
                "old identifier, such as {{#{old}}}, avoids it.",
            ),
        ),
        _breaks(
            "question-moved",
            Text(
                "计分题移到了别的课：{questions}。按课拆分时，每课各存各的进度，已答的题会变成未答。",
                "Scored questions moved to another lesson: {questions}. With one SCO a lesson each saves its own "
                "progress, so answered ones become unanswered.",
            ),
            structures=LESSONS,
        ),
        _breaks(
            "question-key-reused",
            Text(
                "新题 {questions} 与已删除的题存档短码碰巧相同，会带上别题的答案。请改一个字的标识。",
                "New questions happen to have the short keys of removed ones: {questions}. They would show others' "
                "answers. Change one letter of their identifiers.",
            ),
        ),
        _breaks(
            "question-type-changed",
            Text(
                "题型变了：{questions}。已有的答案无法对应。",
                "Questions changed their type: {questions}. Answers on record don't fit.",
            ),
        ),
        _breaks(
            "right-answer-changed",
            Text(
                "正确答案变了：{questions}。已记的对错不会重新评判，与新答案不符。",
                "What counts as right changed: {questions}. Outcomes on record aren't judged again and disagree.",
            ),
        ),
        _breaks(
            "options-shifted",
            Text(
                "选项标识对应的内容变了：{questions}。已有的答案会指向别的选项。调整选项顺序前，先给每个选项写 {{#标识}}。",
                "Identifiers of options stand for other options now: {questions}. Answers on record would point to the "
                "wrong ones. Write {{#id}} after each option before reordering them.",
            ),
        ),
        _breaks(
            "options-reworded",
            Text(
                "选项改成了意思不同的内容：{questions}。已有的答案会指向学员没有选过的内容。",
                "Options say something quite different now: {questions}. Answers on record would point to what nobody chose.",
            ),
        ),
        _breaks(
            "points-changed",
            Text(
                "分值变了：{questions}。已有成绩按旧分值计算，不再可比。",
                "Points changed: {questions}. Scores on record were worked out with the old ones and no longer compare.",
            ),
        ),
        _breaks(
            "question-added-weighed",
            Text(
                "新增了计分题 {questions}：SCORM 2004 按各课分值汇总全课成绩，已通过的学员可能变为未通过。",
                "Scored questions were added: {questions}. SCORM 2004 weighs lessons by their points for the course's "
                "score, so learners who had passed may lose the pass.",
            ),
            formats=SCORM2004,
            structures=LESSONS,
        ),
        _note(
            "question-added",
            Text(
                "新增了计分题 {questions}：已通过的学员仍为通过，其他学员要多答这些题。",
                "Scored questions were added: {questions}. Whoever had passed stays passed; the others have more to answer.",
            ),
        ),
        _note(
            "right-answer-widened",
            Text(
                "正确答案放宽了：{questions}。此前判错的不会自动改判，学员可以在剩余次数内重答。",
                "More answers count as right: {questions}. Earlier ones aren't judged again; learners may try again while "
                "they have tries left.",
            ),
        ),
        _note(
            "unscored-lost",
            Text(
                "不计分的题删除、改了标识或移了位置：{questions}。学员写过的内容不再显示，成绩不受影响。",
                "Unscored questions went, moved or got other identifiers: {questions}. What learners wrote there is no "
                "longer shown; scores stay.",
            ),
        ),
        _note(
            "tries-fewer",
            Text(
                "可答次数减少了：{questions}。次数已用完的学员不能再答。",
                "Fewer tries: {questions}. Learners who have used them up can't try again.",
            ),
        ),
        _breaks(
            "pass-raised",
            Text(
                "通过分数由 {before} 提高到 {after}：学习平台按新分数重新判断，已通过的学员可能变为未通过。",
                "The score to reach rose from {before} to {after}: the LMS judges by the new one, and learners who had "
                "passed may lose the pass.",
            ),
            formats=SCORM,
        ),
        _note(
            "pass-raised-kept",
            Text(
                "通过分数由 {before} 提高到 {after}：已通过的学员仍为通过，其他学员按新分数判断。",
                "The score to reach rose from {before} to {after}: whoever had passed stays passed, the others are judged "
                "by the new one.",
            ),
            formats=(Format.CMI5, Format.XAPI),
        ),
        _note(
            "pass-lowered",
            Text(
                "通过分数由 {before} 降到 {after}：此前未通过的学员再次打开课程后可能变为通过。",
                "The score to reach fell from {before} to {after}: learners who had failed may pass when they come back.",
            ),
        ),
        _note(
            "completion-changed",
            Text(
                "需要完成的课的比例由 {before} 改为 {after}：尚未完成的学员按新比例判断。",
                "The share of lessons to complete was {before} and is {after}: learners on their way are judged by the new one.",
            ),
        ),
        _note(
            "objectives-changed",
            Text(
                "题目考查的学习目标变了：{questions}。各目标的达成情况按新的对应关系重新计算。",
                "Questions assess other objectives: {questions}. Learners' standing on objectives is worked out anew.",
            ),
        ),
    )
}
