"""The words written into the pages themselves. The player's are in exporters/player/src/ui/words.ts."""

import msgspec

from schemas.text import Language


class Words(msgspec.Struct, frozen=True):
    """One language's words; `{}` stands for what is filled in."""

    skip: str
    contents: str
    sample: str
    no_script: str
    minutes: str
    questions: str
    one_question: str
    question: str
    points: str
    one_point: str
    submit: str
    explanation: str
    model: str
    true: str
    false: str
    blank: str
    your_answer: str
    number: str
    pick: str
    order_hint: str
    kinds: dict[str, str]  # by type; `choices` is a choice with several right options
    not_scored: str
    previous: str
    next: str
    pages: str
    sections: str
    start: str
    overview: str
    objectives: str
    progress: str
    hours: str
    themes: str
    audience: str
    instructors: str
    licence: str
    module_intro: str
    course_intro: str


ZH = Words(
    skip="跳到正文",
    contents="目录",
    sample="示例课程",
    no_script="本页可以直接阅读；作答和记录进度需要启用 JavaScript。",
    minutes="约 {} 分钟",
    questions="{} 道题",
    one_question="1 道题",
    question="第 {} 题",
    points="{} 分",
    one_point="1 分",
    submit="提交答案",
    explanation="解析",
    model="参考答案",
    true="正确",
    false="错误",
    blank="第 {} 空",
    your_answer="你的回答",
    number="答案（填数字）",
    pick="请选择",
    order_hint="请排成正确的顺序。",
    kinds={
        "choice": "单选题",
        "choices": "多选题",
        "true-false": "判断题",
        "fill-in": "填空题",
        "long-fill-in": "简答题",
        "numeric": "数值题",
        "matching": "配对题",
        "sequencing": "排序题",
        "likert": "调查题",
    },
    not_scored="不计分",
    previous="上一课",
    next="下一课",
    pages="翻页",
    sections="本课要点",
    start="开始学习",
    overview="课程概述",
    objectives="学习目标",
    progress="学习进度",
    hours="{} 学时",
    themes="主题",
    audience="适用企业",
    instructors="授课教师",
    licence="许可",
    module_intro="模块导读",
    course_intro="课程简介",
)
EN = Words(
    skip="Skip to content",
    contents="Contents",
    sample="Sample course",
    no_script="This page can be read as it is; answering questions and keeping progress need JavaScript.",
    minutes="about {} min",
    questions="{} questions",
    one_question="1 question",
    question="Question {}",
    points="{} points",
    one_point="1 point",
    submit="Submit answer",
    explanation="Explanation",
    model="Model answer",
    true="True",
    false="False",
    blank="Blank {}",
    your_answer="Your answer",
    number="Answer (a number)",
    pick="Choose",
    order_hint="Put these in the right order.",
    kinds={
        "choice": "Single choice",
        "choices": "Multiple choice",
        "true-false": "True or false",
        "fill-in": "Fill in",
        "long-fill-in": "Open question",
        "numeric": "Number",
        "matching": "Matching",
        "sequencing": "Put in order",
        "likert": "Survey",
    },
    not_scored="not scored",
    previous="Previous lesson",
    next="Next lesson",
    pages="Pages",
    sections="In this lesson",
    start="Start learning",
    overview="Overview",
    objectives="Learning objectives",
    progress="Your progress",
    hours="{} hours",
    themes="Themes",
    audience="For",
    instructors="Instructors",
    licence="Licence",
    module_intro="About this module",
    course_intro="About this course",
)


def words(language: Language) -> Words:
    """The words of the interface in `language`."""
    return EN if language == "en" else ZH


def counted(value: float, one: str, many: str) -> str:
    """`one` for 1, else `many` with the number in it."""
    return one if value == 1 else many.format(quantity(value))


def quantity(value: float) -> str:
    """A number as people write it: `2` for 2.0, `1.5` as it is."""
    return str(int(value)) if value == int(value) else str(value)
