"""Industries by name."""

import pytest

from schemas.industries import industries, industry_name


def test_there_are_twenty_sections_and_ninety_seven_divisions_numbered_in_order() -> None:
    divisions = [code for code in industries() if len(code) == 3]
    assert sorted(code for code in industries() if len(code) == 1) == list("ABCDEFGHIJKLMNOPQRST")
    assert [int(code[1:]) for code in sorted(divisions)] == list(range(1, 98))
    assert all(name.zh and name.en for name in industries().values())


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("C34", "C34 通用设备制造业"),
        ("C3451", "C3451 通用设备制造业"),
        ("C", "C 制造业"),
        ("X9", "X9"),
        ("", ""),
    ],
)
def test_a_code_has_the_name_of_what_it_belongs_to(code: str, name: str) -> None:
    assert industry_name(code).zh == name
