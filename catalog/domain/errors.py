"""What the catalogue refuses, in both languages. `code` is stable; which HTTP status it becomes is the API's business."""

from typing import ClassVar

from schemas.errors import LingjunError
from schemas.text import Text


class DomainError(LingjunError):
    """A refusal. `code` is a slug that programs may rely on, as they do on a diagnostic's."""

    code: ClassVar[str]


class UnauthenticatedError(DomainError):
    """Nobody is signed in, or the token or password is wrong, expired or revoked (never said which)."""

    code = "unauthenticated"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "请先登录，或提供有效的访问令牌。",
                "Sign in first, or send an access token that is still valid.",
            )
        )


class ForbiddenError(DomainError):
    """Known and visible, but not theirs to do."""

    code = "forbidden"

    def __init__(self, what: Text) -> None:
        super().__init__(Text("您没有权限：{what}。", "You have no permission to {what}.").format(what=what))


class SuspendedError(DomainError):
    """The institution is suspended for the edition: it keeps its versions and submits nothing."""

    code = "institution-suspended"

    def __init__(self, institution: str, edition: str) -> None:
        super().__init__(
            Text(
                "{edition} 年度已暂停机构“{institution}”：已有版本保留，暂不能提交。请联系中心。",
                "“{institution}” is suspended for {edition}: its versions stay, nothing can be submitted. Ask the Centre.",
            ).format(institution=institution, edition=edition)
        )


class NotFoundError(DomainError):
    """Not there, or not for this actor to know of: the two are never told apart."""

    code = "not-found"

    def __init__(self, what: Text) -> None:
        super().__init__(Text("找不到{what}。", "There is no {what}.").format(what=what))


class ConflictError(DomainError):
    """What is stored doesn't allow it now. Read it again, then decide."""

    code = "conflict"


class AlreadyExistsError(ConflictError):
    """A name that is taken."""

    code = "already-exists"

    def __init__(self, what: Text) -> None:
        super().__init__(Text("{what}已经存在。", "There is already {what}.").format(what=what))


class StaleError(ConflictError):
    """Someone else changed it meanwhile (If-Match doesn't match)."""

    code = "stale"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "您读取之后，内容已被他人改动，这次操作没有执行。请重新读取后再试。",
                "Someone changed it after you read it, so nothing was done. Read it again and decide anew.",
            )
        )


class WrongStateError(ConflictError):
    """The version's state doesn't allow the action; `state` is where it stands, `action` what was asked."""

    code = "wrong-state"

    def __init__(self, state: str, action: str, words: Text) -> None:
        super().__init__(words)
        self.state = state
        self.action = action


class KeyReusedError(ConflictError):
    """An idempotency key that came before with another request."""

    code = "idempotency-key-reused"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "这个 Idempotency-Key 已用于另一个请求，请换一个。",
                "This Idempotency-Key came with another request before; use a new one.",
            )
        )


class RateLimitedError(DomainError):
    """Too much at once. `retry_after` is in seconds, 1 or more."""

    code = "rate-limited"

    def __init__(self, retry_after: int) -> None:
        self.retry_after = max(1, retry_after)
        super().__init__(
            Text(
                "请求过于频繁，请 {seconds} 秒后再试。", "Too many requests; try again in {seconds} seconds."
            ).format(seconds=self.retry_after)
        )
