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


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("themes: [数字化赋能]", "digital-empowerment"),
        ("themes: {数字化 赋能: 1}", "digital-empowerment"),
        ("themes: {Digital empowerment: 1}", "digital-empowerment"),
        ("audience: [专精特新中小企业]", "srdi-sme"),
        ("audience: [专精特新小巨人企业]", "little-giant"),
    ],
)
def test_the_name_of_a_term_leads_to_its_slug(tmp_path: Path, written: str, meant: str) -> None:
    (tmp_path / "course.md").write_text(
        f"---\nid: c\ntitle: 课\nedition: 2022-2023\n{written}\n---\n\n# 模块 {{#m}}\n\n## 课 {{#l}}\n\n正文。\n",
        encoding="utf-8",
    )
    [found] = read_course(tmp_path).diagnostics
    assert f"是不是想写“{meant}”？" in found.cure.zh
    assert f"Did you mean “{meant}”?" in found.cure.en
