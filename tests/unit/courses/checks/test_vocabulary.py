"""Themes and tiers of an edition whose notice is known only in part."""

from pathlib import Path

import pytest

from courses.reader import read_course


@pytest.mark.parametrize(("edition", "told"), [("2022-2023", True), ("2020-2021", False)])
def test_only_a_known_vocabulary_is_held_against_an_author(
    tmp_path: Path, edition: str, *, told: bool
) -> None:
    (tmp_path / "course.md").write_text(
        f"---\nid: c\ntitle: 课\nedition: {edition}\nthemes: {{no-such-theme: 1}}\nhours: 1\naudience: [no-such-tier]\n---\n\n"
        "# 模块 {#m}\n\n## 课 {#l}\n\n正文。\n",
        encoding="utf-8",
    )
    codes = {found.code for found in read_course(tmp_path).diagnostics}
    assert codes == ({"theme-unknown", "tier-unknown"} if told else set())
