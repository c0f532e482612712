"""Identifiers and order from names."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.naming import fold, identifier_from, identifier_of, nearest, nfc, reading_order


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("01-diagnosis", "diagnosis"),
        ("01-诊断", "诊断"),
        ("2_b", "b"),
        ("3. c d", "c-d"),
        ("第1课", "第1课"),
        ("01", "01"),
        ("2024-review", "review"),
        ("diagnosis", "diagnosis"),
        ("3、丙", "丙"),
        ("10x", "10x"),
    ],
)
def test_a_name_without_its_number(name: str, identifier: str) -> None:
    assert identifier_of(name) == identifier


@given(st.text(min_size=1))
def test_an_identifier_is_never_empty_and_has_no_spaces(text: str) -> None:
    for identifier in (identifier_from(text), identifier_of(f"01-{text}x")):
        assert identifier
        assert identifier.split() == [identifier]


@given(st.text())
def test_an_identifier_does_not_depend_on_composition(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert identifier_of(nfc(text)) == identifier_of(decomposed)
    assert identifier_from(nfc(text)) == identifier_from(decomposed)
    assert fold(text) == fold(decomposed)


@given(st.lists(st.integers(0, 10**6), min_size=2, unique=True))
def test_numbers_sort_as_numbers(numbers: list[int]) -> None:
    names = [f"{number}-x" for number in numbers]
    assert sorted(names, key=reading_order) == [f"{number}-x" for number in sorted(numbers)]


def test_a_number_of_any_length_can_be_sorted() -> None:
    assert sorted(["2-b", "9" * 5000 + "-a", "c"], key=reading_order) == ["2-b", "9" * 5000 + "-a", "c"]


@pytest.mark.parametrize(
    ("word", "near"), [("blendid", "blended"), ("ONLINE", "online"), ("xyz", ""), ("classrom", "classroom")]
)
def test_the_nearest_word(word: str, near: str) -> None:
    assert nearest(word, ["classroom", "online", "blended"]) == near
