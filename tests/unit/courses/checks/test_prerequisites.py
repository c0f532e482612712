"""Prerequisites between modules: circles are found, however many ways lead to them."""

from pathlib import Path

import pytest

from courses.reader import read_course

FRONT = "---\nid: example\ntitle: 示例课程\nedition: 2022-2023\n---\n"


def diagnostics(folder: Path, requires: dict[str, str]) -> list[tuple[str, str]]:
    text = "".join(
        f'# M {{#{name} prerequisites="{needed}"}}\n\n## L {{#lesson-{name}}}\n\n文\n\n'
        for name, needed in requires.items()
    )
    (folder / "course.md").write_text(FRONT + text, encoding="utf-8")
    return [(found.code, found.message.en) for found in read_course(folder).diagnostics]


@pytest.mark.parametrize(
    ("requires", "circle"),
    [
        ({"a": "a"}, "a → a"),
        ({"a": "b", "b": "a"}, "a → b → a"),
        ({"a": "", "b": "d", "c": "b", "d": "c"}, "b → d → c → b"),
        ({"a": "b c", "b": "c", "c": "d", "d": "b"}, "b → c → d → b"),
    ],
)
def test_a_circle_is_told_from_its_first_module(
    tmp_path: Path, requires: dict[str, str], circle: str
) -> None:
    [(code, message)] = diagnostics(tmp_path, requires)
    assert code == "prerequisite-cycle"
    assert message.endswith(f": {circle}.")


def test_many_ways_to_the_same_module_are_no_circle_and_cost_nothing(tmp_path: Path) -> None:
    # Two modules a layer, each requiring both of the next: 2^40 paths.
    requires = {f"{side}{layer}": f"x{layer + 1} y{layer + 1}" for layer in range(40) for side in "xy"}
    assert diagnostics(tmp_path, {**requires, "x40": "", "y40": ""}) == []
