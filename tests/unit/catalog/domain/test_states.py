"""The life of a version: every state × every action, with the expected answer written down."""

import pytest

from catalog.domain.errors import WrongStateError
from catalog.domain.roles import Action
from catalog.domain.states import (
    READING,
    STATE_WORDS,
    SUPERSEDING,
    TRANSITIONS,
    Event,
    State,
    actions,
    transition,
)

# state, action -> state, event; everything else is refused.
LIFE = """
-          upload   draft     version-drafted
draft      upload   draft     version-replaced
draft      submit   submitted version-submitted
draft      withdraw withdrawn version-withdrawn
submitted  recall   draft     version-recalled
submitted  return   returned  version-returned
submitted  approve  published version-published
returned   upload   draft     version-replaced
returned   submit   submitted version-submitted
returned   withdraw withdrawn version-withdrawn
published  withdraw withdrawn version-withdrawn
superseded withdraw withdrawn version-withdrawn
"""
EXPECTED = {
    (before, action): (after, event)
    for before, action, after, event in (line.split() for line in LIFE.strip().splitlines())
}


@pytest.mark.parametrize("state", ["-", *State])
def test_what_each_state_allows(state: str) -> None:
    before = None if state == "-" else State(state)
    for action in Action:
        expected = EXPECTED.get((state, action.value))
        if expected:
            step = transition(action, before)
            assert (step.after.value, step.event.value) == expected
            assert step.roles
        else:
            with pytest.raises(WrongStateError) as refused:
                transition(action, before)
            assert refused.value.message.zh
            assert refused.value.message.en


def test_each_event_tells_one_change() -> None:
    assert {line.event for line in (*TRANSITIONS, SUPERSEDING)} == set(Event)
    assert (SUPERSEDING.before, SUPERSEDING.after) == (State.PUBLISHED, State.SUPERSEDED)


def test_nothing_leads_out_of_withdrawn_and_content_changes_before_review_only() -> None:
    assert actions(State.WITHDRAWN) == ()
    assert {line.before for line in TRANSITIONS if line.action is Action.UPLOAD} == {
        None,
        State.DRAFT,
        State.RETURNED,
    }


def test_every_state_has_words_and_readers() -> None:
    assert set(STATE_WORDS) == set(READING) == set(State)
    assert actions(State.SUBMITTED) == (Action.RECALL, Action.RETURN, Action.APPROVE)


def test_a_refusal_reads_well() -> None:
    with pytest.raises(WrongStateError) as refused:
        transition(Action.SUBMIT, State.PUBLISHED)
    assert refused.value.message.zh == "这个版本的状态是“已发布”，不能提交审核。"
    assert refused.value.message.en == "The version is published: you can't submit for review now."
