"""Formats, LMS presets and what verification asks."""

from collections.abc import Iterable

from exporters.presets import LMS, STATE_LIMITS, preset
from exporters.verify import requirements
from schemas.package import Format, Verdict
from schemas.text import Language, Text
from tools.docs.tables import code, table

_FORMATS = (
    Text("格式", "Format"),
    Text("文件名", "File name"),
    Text("进度上限（字符）", "Saved state (characters)"),
)
_PRESETS = (
    Text("学习平台", "LMS"),
    Text("`--lms`", "`--lms`"),
    Text("默认格式", "Default format"),
    Text("也支持", "Also takes"),
    Text("默认结构", "Default structure"),
    Text("SCORM 1.2 及格分", "SCORM 1.2 mastery score"),
)
_YES, _NO = Text("写入", "written"), Text("不写", "not written")
_WHY, _SOURCE, _STEPS = Text("为什么", "Why"), Text("依据", "Source"), Text("导入步骤", "To import")
_STRUCTURE = Text("默认结构", "Default structure")
_REQUIREMENTS = (
    Text("要求", "Requirement"),
    Text("意思", "Meaning"),
    Text("条款", "Clause"),
    Text("适用", "Asked of"),
    Text("不满足时", "If not met"),
)
_VERDICTS = {Verdict.FAILED: Text("不合格", "failed"), Verdict.WARNING: Text("提醒", "warning")}
_ALL = Text("全部", "all")


def formats(_: str, language: Language) -> str:
    """Each format, its file and how much saved state it holds."""
    rows = [(code(one), code(f"<institution>-<id>-{one}.zip"), f"{STATE_LIMITS[one]:,}") for one in Format]
    return table([head.say(language) for head in _FORMATS], rows)


def presets(_: str, language: Language) -> str:
    """Every preset in one table."""
    rows = []
    for name in LMS:
        chosen = preset(name)
        first, *others = map(code, chosen.formats)
        rows.append(
            (
                chosen.title,
                code(name),
                first,
                ", ".join(others),
                code(chosen.structure),
                (_YES if chosen.mastery_score else _NO).say(language),
            )
        )
    return table([head.say(language) for head in _PRESETS], rows)


def preset_details(name: str, language: Language) -> str:
    """Why a preset is what it is, where that is known from, and how to import."""
    chosen = preset(name)
    colon = Text("：", ": ").say(language)
    parts = [
        f"**{_WHY.say(language)}**{colon}{chosen.why.say(language)}",
        *_door(chosen.source, chosen.steps, language),
    ]
    for package_format, own in chosen.own.items():
        structure = code(chosen.structure_for(package_format))
        parts += [
            f"#### {name}: {package_format}",
            f"{_STRUCTURE.say(language)}{colon}{structure}",
            *_door(own.source, own.steps, language),
        ]
    return "\n\n".join(parts)


def _door(source: str, steps: dict[str, tuple[str, ...]], language: Language) -> tuple[str, ...]:
    """Where the way in is known from, and its steps."""
    colon = Text("：", ": ").say(language)
    return (
        f"**{_SOURCE.say(language)}**{colon}{source}",
        f"**{_STEPS.say(language)}**{colon}",
        "\n".join(f"{number}. {step}" for number, step in enumerate(steps[language], start=1)),
    )


def requirements_table(_: str, language: Language) -> str:
    """Every requirement that `lingjun verify` judges, in the order of its report."""
    rows = [
        (
            code(one.slug),
            one.title.say(language),
            one.clause,
            _asked(one.formats, language),
            _VERDICTS[one.verdict].say(language),
        )
        for one in requirements().values()
    ]
    return table([head.say(language) for head in _REQUIREMENTS], rows)


def _asked(formats: Iterable[Format], language: Language) -> str:
    names = list(formats)
    return _ALL.say(language) if len(names) == len(Format) else ", ".join(map(code, names))
