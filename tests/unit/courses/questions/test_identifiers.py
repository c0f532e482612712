"""Identifiers of questions and options never depend on order."""

from courses.questions.options import letters, name_entries
from schemas.identifiers import state_key
from tests.unit.courses.markdown.cases import rendered

ONE = "::: question true-false\n企业上云后不必备份。\n= 错\n:::\n"
TWO = "::: question true-false\n另一题。\n= 对\n:::\n"


def test_a_derived_identifier_survives_reordering() -> None:
    first, second = rendered(ONE + TWO)[0].questions
    assert [question.id for question in rendered(TWO + ONE)[0].questions] == [second.id, first.id]
    assert first.id.startswith("q-")
    assert len(first.id) == 10
    assert first.key == state_key(first.id)


def test_a_derived_identifier_depends_on_type_and_words() -> None:
    numeric = rendered("::: question numeric\n企业上云后不必备份。\n= 1\n:::\n")[0].questions[0]
    changed = rendered(ONE.replace("不必", "无需"))[0].questions[0]
    assert len({numeric.id, changed.id, rendered(ONE)[0].questions[0].id}) == 3


def test_its_answer_may_change() -> None:
    assert rendered(ONE.replace("= 错", "= 对"))[0].questions[0].id == rendered(ONE)[0].questions[0].id


def test_entries_are_lettered_by_position_around_the_authors_own() -> None:
    assert name_entries(["", "", ""]) == ["a", "b", "c"]
    assert name_entries(["", "x", ""]) == ["a", "x", "c"]
    assert name_entries(["b", "", "a"]) == ["b", "c", "a"]
    many = name_entries([""] * 60)
    assert many[25:28] == ["z", "aa", "ab"]
    assert len(set(many)) == 60


def test_letters() -> None:
    found = letters()
    assert [next(found) for _ in range(3)] == ["a", "b", "c"]


def test_the_place_is_the_opening_line() -> None:
    body, found = rendered("文字\n\n  " + ONE.replace("\n", "\n  "))
    assert body.questions[0].place.line == 3
    assert [(one.place.line, one.place.column) for one in found] == [(3, 3)]
