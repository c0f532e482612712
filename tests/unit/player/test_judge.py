"""Right or wrong, for every type of question."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.bridge import Bridge
from tests.support.course_data import options, question


@pytest.mark.parametrize(
    ("chosen", "right"),
    [(["a", "c"], True), (["c", "a"], True), (["a"], False), (["a", "b", "c"], False), ([], False)],
)
def test_choice_is_right_when_exactly_the_right_ones_are_chosen(
    engine: Bridge, chosen: list[str], right: bool
) -> None:
    asked = question("q", "choice", multiple=True, correct=["a", "c"])
    assert engine("judge", asked, {"type": "choice", "chosen": chosen}) is right


@pytest.mark.parametrize("value", [True, False])
def test_true_false(engine: Bridge, value: bool) -> None:
    assert engine("judge", question("q", answer=True), {"type": "true-false", "value": value}) is value


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("ERP", True),
        ("erp", True),
        (" ＥＲＰ　", True),  # full-width letters and an ideographic space
        ("e r p", False),
        ("企业  资源\t计划", True),  # inner white space collapses
        ("企业资源计划", False),  # but doesn't vanish
        ("straße", True),
        ("STRASSE", True),
        ("ERP\u200b", True),  # pasted from a web page
        ("", False),
    ],
)
def test_fill_in_compares_folded_texts(engine: Bridge, typed: str, right: bool) -> None:
    asked = question("q", "fill-in", blanks=[["ERP", "企业 资源 计划", "Strasse"]])
    assert engine("judge", asked, {"type": "fill-in", "texts": [typed]}) is right


def test_each_blank_has_its_own_answers(engine: Bridge) -> None:
    asked = question("q", "fill-in", blanks=[["甲"], ["乙"]])
    assert engine("judge", asked, {"type": "fill-in", "texts": ["甲", "乙"]}) is True
    assert engine("judge", asked, {"type": "fill-in", "texts": ["乙", "甲"]}) is False
    assert engine("judge", asked, {"type": "fill-in", "texts": ["甲"]}) is False


@pytest.mark.parametrize(
    ("typed", "low", "high", "right"),
    [
        ("42", 42, 42, True),
        ("42.0", 42, 42, True),
        ("４２", 42, 42, True),
        ("42。", 42, 42, False),
        (
            "3.15",
            3.14 - 0.01,
            3.14 + 0.01,
            True,
        ),  # the sum is 3.1500000000000004, the difference 3.1300000000000003
        ("3.13", 3.14 - 0.01, 3.14 + 0.01, True),
        ("3.151", 3.13, 3.15, False),
        ("1,234,567", 1234567, 1234567, True),
        ("１，２３４．５", 1234.5, 1234.5, True),
        ("1 234", 1234, 1234, True),
        ("12,34", 1234, 1234, False),  # no thousands: perhaps a decimal comma, so not guessed
        ("-5", -5, -5, True),
        ("－5", -5, -5, True),
        ("−5", -5, -5, True),
        ("负5", -5, -5, True),
        ("25%", 25, 25, True),
        ("25％", 0.25, 0.25, True),
        ("25%", 2.5, 2.5, False),
        ("1e3", 1000, 1000, True),
        ("1e999", 0, 1e308, False),
        ("", 0, 0, False),
        ("%", 0, 0, False),
        ("四十二", 42, 42, False),
        ("42元", 42, 42, False),
    ],
)
def test_numeric(engine: Bridge, typed: str, low: float, high: float, right: bool) -> None:
    asked = question("q", "numeric", low=low, high=high)
    assert engine("judge", asked, {"type": "numeric", "text": typed}) is right


@given(st.decimals(-(10**9), 10**9, places=4))
def test_a_number_is_read_however_it_is_grouped(engine: Bridge, number: Decimal) -> None:
    for typed in (
        f"{number:f}",
        f"{number:,f}",
        f" {number:f} ".translate({ord(str(d)): 0xFF10 + d for d in range(10)}),
    ):
        assert engine("number", typed) == {"value": float(number), "percent": False}


def test_matching_needs_every_pair(engine: Bridge) -> None:
    asked = question("q", "matching")
    right = [["a", "x"], ["c", "z"], ["b", "y"]]
    assert engine("judge", asked, {"type": "matching", "pairs": right}) is True
    assert engine("judge", asked, {"type": "matching", "pairs": right[:2]}) is False


def test_matching_takes_either_of_two_equal_targets(engine: Bridge) -> None:
    targets = [{"id": "1", "text": "高"}, {"id": "2", "text": "低"}, {"id": "3", "text": "高"}]
    asked = question("q", "matching", targets=targets)
    assert engine("judge", asked, {"type": "matching", "pairs": [["a", "3"], ["b", "2"], ["c", "1"]]}) is True
    assert (
        engine("judge", asked, {"type": "matching", "pairs": [["a", "2"], ["b", "1"], ["c", "3"]]}) is False
    )
    assert (
        engine("judge", asked, {"type": "matching", "pairs": [["a", "y"], ["b", "x"], ["c", "z"]]}) is False
    )


@given(st.permutations(["a", "b", "c", "d"]))
def test_sequencing_needs_the_order(engine: Bridge, order: list[str]) -> None:
    asked = question("q", "sequencing", items=options("abcd"))
    assert engine("judge", asked, {"type": "sequencing", "order": order}) is (order == ["a", "b", "c", "d"])


@pytest.mark.parametrize(
    ("kind", "response"),
    [
        ("likert", {"type": "likert", "chosen": "3"}),
        ("long-fill-in", {"type": "long-fill-in", "text": "我的看法"}),
    ],
)
def test_what_is_not_scored_is_neither_right_nor_wrong(
    engine: Bridge, kind: str, response: dict[str, Any]
) -> None:
    assert engine("judge", question("q", kind), response) is None


def test_a_response_of_another_type_is_wrong(engine: Bridge) -> None:
    """The author made a new version of the course in which the question changed its type."""
    assert engine("judge", question("q", "choice"), {"type": "true-false", "value": True}) is False
