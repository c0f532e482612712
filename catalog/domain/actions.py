"""Everything that can be asked of the catalogue, and which role may do it: one table."""

from collections.abc import Mapping
from enum import StrEnum, auto
from types import MappingProxyType
from typing import Literal

import msgspec

from schemas.text import Text


class Role(StrEnum):
    """What a person is in the catalogue."""

    AUTHOR = "author"  # writes an institution's courses
    PUBLISHER = "publisher"  # speaks for an institution: submits, withdraws
    REVIEWER = "reviewer"  # judges submissions for the Centre
    AUDITOR = "auditor"  # reads what was submitted and what happened, changes nothing
    ADMINISTRATOR = "administrator"  # the Centre's; with an institution in the grant: that institution's
    LMS_ADMINISTRATOR = "lms-administrator"  # finds and downloads packages


class Scope(StrEnum):
    """What an access token may be used for; it never adds to its owner's roles."""

    READ = "read"
    DOWNLOAD = "download"
    PUBLISH = "publish"
    REVIEW = "review"
    ADMINISTER = "administer"


class Action(StrEnum):
    """Everything that can be asked of the catalogue. What is said of versions goes for courses and curricula alike."""

    @staticmethod
    def _generate_next_value_(name: str, *_: object) -> str:
        return name.lower().replace("_", "-")

    READ_PUBLISHED = auto()  # published and superseded versions, their differences, search, feeds
    READ_SUBMITTED = auto()  # submitted, returned and withdrawn versions, with their comments
    READ_DRAFT = auto()
    DOWNLOAD_PACKAGE = auto()  # of a published or superseded version, alone or in bulk
    DOWNLOAD_SOURCE = auto()  # the course folder, with the right answers; of what they may read
    UPLOAD = auto()  # a new draft, or another content for a draft or a returned version
    SUBMIT = auto()
    RECALL = auto()  # take a submission back
    COMMENT = auto()
    RETURN = auto()
    APPROVE = auto()
    WITHDRAW = auto()
    MANAGE_INSTITUTIONS = auto()
    SUSPEND_INSTITUTION = auto()
    READ_PEOPLE = auto()
    MANAGE_PEOPLE = (
        auto()
    )  # invite, disable; a person belongs to an institution only while all their grants do
    GRANT_ROLE = auto()  # or take it away; the resource is where the grant holds
    ISSUE_TOKEN = auto()  # never with more scopes than the issuer has
    READ_TOKENS = auto()  # their names, scopes and expiry; the token itself is shown once
    REVOKE_TOKEN = auto()
    READ_EVENTS = auto()
    MANAGE_WEBHOOKS = auto()


# How far a role's permission reaches. `granted`: where the grant holds (its institution, or everywhere); `anywhere`: at
# every institution, wherever the grant holds; `centre`: only for grants that hold everywhere; `centre-independent`: the
# same, and nobody with any part in the institution whose work is judged.
Reach = Literal["granted", "anywhere", "centre", "centre-independent"]


class Permission(msgspec.Struct, frozen=True):
    """One line of the table. Beside `roles`, `public` lets everybody in and `own` the person whose thing it is. A token
    needs one of `scopes`."""

    scopes: tuple[Scope, ...]
    words: Text
    roles: tuple[Role, ...] = ()
    reach: Reach = "granted"
    public: bool = False
    own: bool = False


_A, _P, _R, _U, _C = (
    Role.AUTHOR,
    Role.PUBLISHER,
    Role.REVIEWER,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
_EVERY_ROLE = tuple(Role)
# These are somebody's at an institution: granted without one, they give nothing.
INSTITUTIONAL = frozenset({_A, _P})

PERMISSIONS: Mapping[Action, Permission] = MappingProxyType(
    {
        Action.READ_PUBLISHED: Permission(
            (Scope.READ,), Text("查看已发布的版本", "read published versions"), public=True
        ),
        Action.READ_SUBMITTED: Permission(
            (Scope.READ, Scope.PUBLISH, Scope.REVIEW),
            Text("查看送审的版本", "read submitted versions"),
            (_A, _P, _R, _U, _C),
        ),
        Action.READ_DRAFT: Permission(
            (Scope.READ, Scope.PUBLISH), Text("查看草稿", "read drafts"), (_A, _P, _C)
        ),
        Action.DOWNLOAD_PACKAGE: Permission(
            (Scope.DOWNLOAD,), Text("下载课程包", "download packages"), _EVERY_ROLE, "anywhere"
        ),
        Action.DOWNLOAD_SOURCE: Permission(
            (Scope.DOWNLOAD,), Text("下载课程源文件", "download course sources"), (_A, _P, _R, _U, _C)
        ),
        Action.UPLOAD: Permission((Scope.PUBLISH,), Text("上传草稿", "upload drafts"), (_A, _P)),
        Action.SUBMIT: Permission((Scope.PUBLISH,), Text("提交审核", "submit for review"), (_P,)),
        Action.RECALL: Permission((Scope.PUBLISH,), Text("撤回送审", "recall a submission"), (_P,)),
        Action.COMMENT: Permission(
            (Scope.PUBLISH, Scope.REVIEW), Text("发表审核意见", "comment on submissions"), (_A, _P, _R, _C)
        ),
        Action.RETURN: Permission(
            (Scope.REVIEW,), Text("退回送审版本", "return a submission"), (_R, _C), "centre-independent"
        ),
        Action.APPROVE: Permission(
            (Scope.REVIEW,), Text("批准发布", "approve a submission"), (_R, _C), "centre-independent"
        ),
        Action.WITHDRAW: Permission(
            (Scope.PUBLISH, Scope.ADMINISTER), Text("撤销版本", "withdraw a version"), (_P, _C)
        ),
        Action.MANAGE_INSTITUTIONS: Permission(
            (Scope.ADMINISTER,), Text("管理培训承担机构", "manage institutions"), (_C,), "centre"
        ),
        Action.SUSPEND_INSTITUTION: Permission(
            (Scope.ADMINISTER,), Text("暂停或恢复机构", "suspend or resume institutions"), (_C,), "centre"
        ),
        Action.READ_PEOPLE: Permission(
            (Scope.ADMINISTER,), Text("查看人员", "see people"), (_P, _C), own=True
        ),
        Action.MANAGE_PEOPLE: Permission((Scope.ADMINISTER,), Text("管理人员", "manage people"), (_C,)),
        Action.GRANT_ROLE: Permission((Scope.ADMINISTER,), Text("授予角色", "grant roles"), (_C,)),
        # Nobody issues a token in another's name: what is done with it would carry that name.
        Action.ISSUE_TOKEN: Permission(
            (Scope.ADMINISTER,), Text("签发访问令牌", "issue access tokens"), own=True
        ),
        Action.READ_TOKENS: Permission(
            (Scope.ADMINISTER,), Text("查看访问令牌清单", "list access tokens"), (_C,), own=True
        ),
        Action.REVOKE_TOKEN: Permission(
            (Scope.ADMINISTER,), Text("吊销访问令牌", "revoke access tokens"), (_C,), own=True
        ),
        Action.READ_EVENTS: Permission(
            (Scope.READ,), Text("查看操作记录", "read events"), (_A, _P, _R, _U, _C), own=True
        ),
        Action.MANAGE_WEBHOOKS: Permission(
            (Scope.ADMINISTER,), Text("管理回调地址", "manage webhooks"), (_P, _C), own=True
        ),
    }
)
