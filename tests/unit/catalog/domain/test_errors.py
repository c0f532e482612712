"""What the catalogue refuses is said in both languages, under a code of its own."""

import pytest

from catalog.domain import errors
from schemas.text import Text

RAISED = [
    errors.UnauthenticatedError(),
    errors.ForbiddenError(Text("提交审核", "submit versions for review")),
    errors.SuspendedError("tsinghua", "2022-2023"),
    errors.NotFoundError(Text("这门课程", "such course")),
    errors.AlreadyExistsError(Text("这个机构", "such an institution")),
    errors.StaleError(),
    errors.WrongStateError("draft", "approve", Text("不能批准", "it can't be approved")),
    errors.KeyReusedError(),
    errors.RateLimitedError(0),
]


@pytest.mark.parametrize("error", RAISED, ids=lambda error: error.code)
def test_words_in_both_languages(error: errors.DomainError) -> None:
    assert error.message.zh
    assert error.message.en
    assert "{" not in error.message.zh + error.message.en
    assert error.exit_status == 1


def test_codes_are_unique_and_all_are_here() -> None:
    raised = {type(error) for error in RAISED}

    def below(kind: type[errors.DomainError]) -> set[type[errors.DomainError]]:
        return {kind}.union(*map(below, kind.__subclasses__()))

    here = {kind for kind in below(errors.DomainError) if kind.__module__ == errors.__name__}
    kinds = here - {errors.DomainError, errors.ConflictError}
    assert raised == kinds
    assert len({kind.code for kind in kinds}) == len(kinds)


def test_waiting_is_never_for_nothing() -> None:
    assert errors.RateLimitedError(0).retry_after == 1
    assert errors.RateLimitedError(7).retry_after == 7
