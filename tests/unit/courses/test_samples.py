"""The sample courses: two for each theme, two of them in English too, sound, and every feature in use."""

import re
from collections import Counter
from pathlib import Path

import pytest

from courses.reader import Reading, read_course
from schemas.edition import editions

SAMPLES = Path("courses/samples")
FEATURES = {
    "containers": [rf"^:{{3,}} {name}\b" for name in ("note", "tip", "important", "warning", "case", "practice", "details")],
    "nested containers": [r"^::::+ \w"],
    "question types": [
        rf"^:{{3,}} question {kind}\b"
        for kind in (
            "choice", "true-false", "fill-in", "long-fill-in", "numeric", "matching", "sequencing", "likert",
        )
    ],
    "several right options": [r"- \[x\][^\n]*\n(?:  >[^\n]*\n)*(?:- \[ \][^\n]*\n(?:  >[^\n]*\n)*)*- \[x\]"],
    "tolerance and range": [r"^= \S+ ± ", r"^= \S+\.\.\S+"],
    "two blanks": [r"_{3,}[^\n]*_{3,}"],
    "feedback and explanation": [r"- \[.\][^\n]*\n  > ", r"^> 解析"],
    "question settings": [r"points=", r"attempts=", r"objectives=", r"\bshuffle\b"],
    "mathematics": [r"(?<!\$)\$[^$\n]+\$(?!\$)", r"^\$\$"],
    "diagram, code": [r"^```mermaid", r"^```python", r"^```sql"],
    "figure, decoration, width": [r'!\[[^\]]+\]\([^)]+ "', r"\{\.decorative\}", r"\{[^}]*width="],
    "video, audio": [r"!\[[^\]]*\]\([^)]+\.mp4", r"!\[[^\]]*\]\([^)]+\.(?:wav|mp3|m4a)"],
    "attachment": [r"(?<!!)\[[^\]]+\]\([^)]+\.csv\)"],
    "table with caption": [r"^表(?: ?\d+)?：[^\n]*\n\n?\|"],
    "footnote, definition, task, deletion": [r"\[\^\w+\]:", r"^: ", r"^- \[[ x]\] ", r"~~"],
    "link between lessons": [r"\]\([^)]*\.md#", r"\]\(#"],
    "HTML": [r"<kbd>", r"<abbr ", r"<sub>"],
    "front matter": [r"^sequence: linear", r"^prerequisites:", r"^contents:", r"^visits:", r"^sample: true"],
}  # fmt: skip


@pytest.fixture(scope="module")
def samples() -> dict[str, Reading]:
    return {
        folder.name: read_course(folder)
        for folder in sorted(SAMPLES.iterdir())
        if (folder / "course.md").is_file()
    }


def test_two_for_each_theme_and_two_in_english_too(samples: dict[str, Reading]) -> None:
    courses = [reading.course for reading in samples.values() if reading.course]
    chinese = [course for course in courses if course.language == "zh-CN"]
    themes = Counter(max(course.themes, key=lambda theme: course.themes[theme]) for course in chinese)
    assert themes == dict.fromkeys((theme.slug for theme in editions()["2022-2023"].themes), 2)
    assert {course.id.removesuffix("-en") for course in courses if course.language == "en"} <= {
        c.id for c in chinese
    }
    assert sum(course.language == "en" for course in courses) == 2
    assert all(course.sample and len(course.lessons) >= 6 for course in courses)


def test_nothing_is_wrong_with_them(samples: dict[str, Reading]) -> None:
    assert {name: reading.diagnostics for name, reading in samples.items() if reading.diagnostics} == {}


@pytest.mark.parametrize("feature", FEATURES)
def test_each_feature_is_used(samples: dict[str, Reading], feature: str) -> None:
    texts = [text for reading in samples.values() for text in reading.texts.values()]
    unused = [
        pattern
        for pattern in FEATURES[feature]
        if not any(re.search(pattern, text, re.MULTILINE) for text in texts)
    ]
    assert unused == []
