"""The difference as text that people read: first the answer, then why, then everything that changed."""

from collections.abc import Iterator, Sequence

from catalog.domain.difference.model import (
    Answer,
    Aspect,
    Change,
    Difference,
    PartChange,
    QuestionChange,
    Segment,
    TextChange,
    Verdict,
)
from catalog.domain.difference.text import hunks
from schemas.package import Format, Structure
from schemas.text import Language, Text

_ANSWERS = {
    Answer.REPLACE_IN_PLACE: Text(
        "原位替换课程包，学员的学习记录保留。", "Replace the package in place; learners' records survive."
    ),
    Answer.NEW_ACTIVITY: Text(
        "新建一个学习活动放新课程包，旧的保留给已开始的学员。",
        "Make a new activity for the new package; leave the old one to those who have begun.",
    ),
}
_CONDITION = Text(
    "前提：新旧课程包的格式与结构（每课一个 SCO，或全课一个 SCO）相同；否则一律新建活动。",
    "This holds for a package of the same format and structure (one SCO a lesson, or one for the course) as the old one; "
    "otherwise always make a new activity.",
)
_DEPENDS = Text("视课程包而定：", "It depends on the package:")
_SAME = Text("两个版本没有可见的差异。", "The two versions show no difference.")
_WHY = Text("原因", "Why")
_NOTES = Text("请注意", "Good to know")
_STRUCTURE = Text("结构", "Structure")
_TEXTS = Text("文字", "Text")
_QUESTIONS = Text("题目", "Questions")
_METADATA = Text("课程信息", "Front matter")
_FILES = Text("文件", "Files")
_MARKUP = Text("（只改了版式或图片）", "(only markup or pictures)")
_OMITTED = Text("……另有 {count} 处改动", "… {count} more changes")
_BYTES = Text("{before} → {after} 字节", "{before} → {after} bytes")
_SHORT = 60  # characters of two values that are shown whole, one after the other
_FORMATS = {
    Format.SCORM12: "SCORM 1.2",
    Format.SCORM2004_3: "SCORM 2004 3rd",
    Format.SCORM2004_4: "SCORM 2004 4th",
    Format.CMI5: "cmi5",
    Format.XAPI: "xAPI",
}
_STRUCTURES: dict[Structure, Text] = {
    "lessons": Text("每课一个 SCO", "one SCO a lesson"),
    "single": Text("全课一个 SCO", "one SCO for the course"),
}
_PARTS = {
    "overview": Text("课程概览", "overview"),
    "module": Text("模块", "module"),
    "lesson": Text("课", "lesson"),
}
_CHANGES = {
    Change.ADDED: Text("新增", "added"),
    Change.REMOVED: Text("删除", "removed"),
    Change.RENAMED: Text("改名", "renamed"),
    Change.MOVED: Text("移动", "moved"),
    Change.REIDENTIFIED: Text("改了标识", "other identifier"),
    Change.CHANGED: Text("修改", "changed"),
}
_ASPECTS = {
    "type": Text("题型", "type"),
    "prompt": Text("题干", "prompt"),
    "options": Text("选项", "options"),
    "right-answer": Text("正确答案", "right answer"),
    "feedback": Text("选项反馈", "feedback"),
    "explanation": Text("解析", "explanation"),
    "points": Text("分值", "points"),
    "attempts": Text("可答次数", "attempts"),
    "shuffle": Text("打乱选项", "shuffle"),
    "objectives": Text("学习目标", "objectives"),
}


def render_difference(difference: Difference, language: Language) -> str:
    """Plain text, a line a change; removed words as `[-…-]`, added ones as `{+…+}`."""
    return "\n".join(_Writer(language).lines(difference)) + "\n"


class _Writer:
    def __init__(self, language: Language) -> None:
        self._language = language

    def _say(self, text: Text, **values: object) -> str:
        return text.format(**values).say(self._language) if values else text.say(self._language)

    def lines(self, difference: Difference) -> Iterator[str]:
        yield from self._verdict(difference)
        sections = (
            (_STRUCTURE, [self._part(part) for part in difference.structure]),
            (_TEXTS, [line for change in difference.texts for line in self._text(change)]),
            (_QUESTIONS, [line for change in difference.questions for line in self._question(change)]),
            (_METADATA, [f"{line.field}: {_arrow(line.before, line.after)}" for line in difference.metadata]),
            (
                _FILES,
                [
                    f"{self._say(_CHANGES[asset.change])} {asset.source} "
                    f"({self._say(_BYTES, before=asset.before, after=asset.after)})"
                    for asset in difference.assets
                ],
            ),
        )
        for title, body in sections:
            yield from self._section(title, body)
        if difference.empty:
            yield from ("", self._say(_SAME))

    def _section(self, title: Text, body: Sequence[str]) -> Iterator[str]:
        if body:
            yield from ("", self._say(title))
            yield from (f"  {line}" for line in body)

    def _verdict(self, difference: Difference) -> Iterator[str]:
        answers = {verdict.answer for verdict in difference.verdicts}
        if len(answers) == 1:
            yield self._say(_ANSWERS[difference.answer])
        else:
            yield self._say(_DEPENDS)
            for answer in Answer:
                kinds = [verdict for verdict in difference.verdicts if verdict.answer is answer]
                yield f"  {self._say(_ANSWERS[answer])}"
                yield from (f"    {kind}" for kind in self._kinds(kinds, difference.verdicts))
        yield self._say(_CONDITION)
        everywhere = len(difference.verdicts)
        for title, breaks in ((_WHY, True), (_NOTES, False)):
            body = []
            for reason in difference.reasons:
                if reason.breaks is breaks:
                    body.append(self._say(reason.words))
                    where = [v for v in difference.verdicts if reason.applies(v.format, v.structure)]
                    if len(where) < everywhere:
                        body.append("  [" + " / ".join(self._kinds(where, difference.verdicts)) + "]")
            yield from self._section(title, body)

    def _kinds(self, chosen: Sequence[Verdict], every: Sequence[Verdict]) -> Iterator[str]:
        """The kinds of package, in few words: a structure or a format by its name alone where all of it is meant."""
        left = list(chosen)
        for structure, words in _STRUCTURES.items():
            whole = [verdict for verdict in every if verdict.structure == structure]
            if all(verdict in left for verdict in whole):
                yield self._say(words)
                left = [verdict for verdict in left if verdict not in whole]
        for kind, name in _FORMATS.items():
            whole = [verdict for verdict in every if verdict.format is kind]
            if all(verdict in left for verdict in whole):
                yield name
                left = [verdict for verdict in left if verdict not in whole]
        yield from map(self._kind, left)

    def _kind(self, verdict: Verdict) -> str:
        name, structure = _FORMATS[verdict.format], self._say(_STRUCTURES[verdict.structure])
        return f"{name}（{structure}）" if self._language == "zh" else f"{name} ({structure})"

    def _part(self, part: PartChange) -> str:
        what = f"{self._say(_CHANGES[part.change])} {self._say(_PARTS[part.part])} “{part.title}” ({part.id})"
        return f"{what}: {_arrow(part.before, part.after)}"

    def _text(self, change: TextChange) -> Iterator[str]:
        name = f"{self._say(_PARTS[change.part])} “{change.title}”" + (f" ({change.id})" if change.id else "")
        yield name if change.hunks else f"{name} {self._say(_MARKUP)}"
        yield from (f"  {_marked(hunk)}" for hunk in change.hunks)
        if change.omitted:
            yield f"  {self._say(_OMITTED, count=change.omitted)}"

    def _question(self, change: QuestionChange) -> Iterator[str]:
        name = f"{self._say(_CHANGES[change.change])} “{change.label}” ({change.lesson} / {change.id})"
        yield f"{name}: {_arrow(change.before, change.after)}" if change.before else name
        for aspect in change.aspects:
            yield from (f"  {line}" for line in self._aspect(aspect))

    def _aspect(self, aspect: Aspect) -> Iterator[str]:
        name = self._say(_ASPECTS[aspect.name])
        if aspect.before == aspect.after:
            yield f"{name} {self._say(_MARKUP)}"
        elif len(aspect.before) + len(aspect.after) <= _SHORT:
            yield f"{name}: {_arrow(aspect.before, aspect.after)}"
        else:
            yield f"{name}:"
            yield from (f"  {_marked(hunk)}" for hunk in hunks(aspect.before, aspect.after))


def _arrow(before: str, after: str) -> str:
    return f"{_line(before) or '—'} → {_line(after) or '—'}"


def _line(text: str) -> str:
    """One line: an author's line break must not look like a line of ours."""
    return " ".join(text.split())


def _marked(hunk: Sequence[Segment]) -> str:
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return _line("".join(marks[segment.edit].format(segment.text) for segment in hunk))
