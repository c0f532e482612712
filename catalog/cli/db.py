"""`lingjun db`: the catalogue's database — its schema, and the first people and institutions."""

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from catalog.domain.actions import INSTITUTIONAL, Role, Scope
from schemas.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from catalog.database.session import Database
    from catalog.services.access import IssuedToken

HELP = Text(
    "管理目录数据库：建库、升级、管理员、机构与人员",
    "the catalogue's database: schema, administrators, institutions and people",
)
_ACTION = Text("要做的事", "what to do")
_ACTIONS = {
    "status": Text("查看数据库结构的版本", "show the version of the schema"),
    "upgrade": Text(
        "建立数据库，或升级到本程序的结构", "make the database, or upgrade it to this program's schema"
    ),
    "create-admin": Text(
        "建立中心管理员，并显示其访问令牌（只显示一次）",
        "make an administrator of the Centre, and show an access token (once)",
    ),
    "add-institution": Text("登记一个培训承担机构", "add an institution"),
    "add-person": Text("登记一个人员并授予角色", "add a person with a role"),
    "issue-token": Text(
        "为某人签发访问令牌（只显示一次）", "issue an access token for a person (shown once)"
    ),
    "create-key": Text(
        "生成签名密钥：此后课程包都有签名（公钥交给学习平台管理员）",
        "make the signing key: from then on packages are signed (give the public key to LMS administrators)",
    ),
    "reindex": Text("重建搜索索引", "build the search index anew"),
}
_JSON = Text("以 JSON 输出", "print JSON")
_EMAIL = Text("电子邮箱", "e-mail address")
_NAME = Text("姓名", "name")
_DAYS = Text("令牌有效天数（默认 {days}）", "days for which the token is valid (default {days})").format(
    days=90
)
_SLUG = Text("机构代号，如 tsinghua", "the institution's slug, such as tsinghua")
_ZH = Text("中文名称", "name in Chinese")
_EN = Text("英文名称", "name in English")
_ROLE = Text("角色", "role")
_AT = Text("角色所在的机构（代号）", "the institution at which the role is held (slug)")
_SCOPE = Text(
    "令牌的权限范围，可重复（默认全部）", "scope of the token, may be repeated (default: every scope)"
)
_TOKEN_NAME = Text("令牌的名称，便于日后辨认", "a name to know the token by")

_STATUS = {
    "empty": Text("数据库是空的：lingjun db upgrade", "The database is empty: lingjun db upgrade"),
    "older": Text(
        "数据库结构 {revision}，需要 {head}：备份后运行 lingjun db upgrade",
        "The schema is {revision}, {head} is needed: back up, then run lingjun db upgrade",
    ),
    "current": Text("数据库结构 {revision}，是最新的。", "The schema is {revision}, up to date."),
    "newer": Text(
        "数据库结构 {revision} 比本程序（{head}）新：请升级领军。",
        "The schema {revision} is newer than this program ({head}): upgrade Lingjun.",
    ),
}
_UPGRADED = Text("数据库结构：{before} → {head}", "Schema: {before} → {head}")
_NOTHING = Text("空", "empty")
_ADDED_INSTITUTION = Text("已登记机构 {slug}。", "Institution {slug} added.")
_ADDED_PERSON = Text("已登记 {email}：{role}。", "{email} added: {role}.")
_TOKEN = Text(
    "访问令牌（只显示这一次，有效期至 {until}）：", "Access token (shown only now, valid until {until}):"
)
_KEY_MADE = Text(
    "签名密钥 {id} 已生成。私钥 {private} 请妥善备份、不外传；几台机器用同一个。公钥：{public}。重启服务后生效，已有的课程包由下一次清扫"
    "补签。",
    "Signing key {id} made. Back up the private key {private} and give it to nobody; several machines have the same. Public "
    "key: {public}. It is used once the service is started again, and the next sweep signs the packages that are there.",
)
_INDEXED = Text("已重建索引：{n} 门课程。", "Index built anew: {n} courses.")


def add_arguments(parser: argparse.ArgumentParser, say: Callable[[Text], str]) -> None:
    """One subcommand for each thing that can be done."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, help=say(_ACTION))
    made = {
        name: actions.add_parser(name, help=say(words), description=say(words), allow_abbrev=False)
        for name, words in _ACTIONS.items()
    }
    made["status"].add_argument("--json", action="store_true", help=say(_JSON))
    for name in ("create-admin", "add-person", "issue-token"):
        made[name].add_argument("email", metavar="EMAIL", help=say(_EMAIL))
    for name in ("create-admin", "add-person"):
        made[name].add_argument("--name", required=True, help=say(_NAME))
    for name in ("create-admin", "issue-token"):
        made[name].add_argument("--days", type=int, default=90, help=say(_DAYS))
    made["add-institution"].add_argument("slug", metavar="SLUG", help=say(_SLUG))
    made["add-institution"].add_argument("--zh", required=True, metavar="NAME", help=say(_ZH))
    made["add-institution"].add_argument("--en", default="", metavar="NAME", help=say(_EN))
    made["add-person"].add_argument(
        "--role", required=True, choices=[role.value for role in Role], help=say(_ROLE)
    )
    made["add-person"].add_argument("--institution", metavar="SLUG", help=say(_AT))
    made["issue-token"].add_argument(
        "--scope", action="append", choices=[scope.value for scope in Scope], help=say(_SCOPE)
    )
    made["issue-token"].add_argument("--label", default="", help=say(_TOKEN_NAME))


def run(args: argparse.Namespace) -> int:
    """Do one of them, on the database that the settings name."""
    from catalog.database import schema
    from catalog.database.session import Database
    from catalog.settings import load_settings

    settings = load_settings()
    if args.action == "create-key":
        return _create_key(args, settings.data)
    database = Database.of(settings)
    try:
        if args.action == "status":
            return _status(args, database)
        if args.action == "upgrade":
            before = schema.upgrade(database).revision or _NOTHING.say(args.language)
            print(_UPGRADED.format(before=before, head=schema.HEAD).say(args.language))
            return 0
        schema.ready(database)
        _WORK[args.action](args, database)
        return 0
    finally:
        database.close()


def _create_key(args: argparse.Namespace, data: "Path") -> int:
    from catalog.packages.signing import PRIVATE_NAME, PUBLIC_NAME, create_key

    made = create_key(data)
    told = _KEY_MADE.format(id=made.id, private=data / PRIVATE_NAME, public=data / PUBLIC_NAME)
    print(told.say(args.language))
    return 0


def _status(args: argparse.Namespace, database: "Database") -> int:
    from catalog.database import schema

    found = schema.status(database)
    if args.json:
        import msgspec

        print(msgspec.json.encode(found).decode())
    else:
        print(_STATUS[found.schema.value].format(revision=found.revision, head=found.head).say(args.language))
    return 0 if found.schema is schema.Schema.CURRENT else 3


def _create_admin(args: argparse.Namespace, database: "Database") -> None:
    from catalog.services import access, accounts
    from catalog.services.operator import operator

    with database.write() as session:
        cause = operator()
        person = accounts.add_person(session, cause, args.email, args.name)
        accounts.grant_role(session, cause, person.id, Role.ADMINISTRATOR, None)
        issued = access.issue_token_for(session, cause, person.id, "create-admin", Scope, days=args.days)
    _show(args, issued)


def _add_institution(args: argparse.Namespace, database: "Database") -> None:
    from catalog.services import accounts
    from catalog.services.operator import operator

    with database.write() as session:
        accounts.add_institution(session, operator(), args.slug, Text(args.zh, args.en))
    print(_ADDED_INSTITUTION.format(slug=args.slug).say(args.language))


def _add_person(args: argparse.Namespace, database: "Database") -> None:
    from catalog.services import accounts
    from catalog.services.operator import operator

    role = Role(args.role)
    with database.write() as session:
        cause = operator()
        person = accounts.add_person(session, cause, args.email, args.name)
        accounts.grant_role(session, cause, person.id, role, args.institution)
    where = f"{role.value} ({args.institution})" if role in INSTITUTIONAL else role.value
    print(_ADDED_PERSON.format(email=args.email, role=where).say(args.language))


def _issue_token(args: argparse.Namespace, database: "Database") -> None:
    from catalog.services import access, accounts
    from catalog.services.operator import operator

    scopes = [Scope(scope) for scope in args.scope] if args.scope else list(Scope)
    with database.write() as session:
        person = accounts.person_by_email(session, args.email)
        label = args.label or "lingjun db issue-token"
        issued = access.issue_token_for(session, operator(), person.id, label, scopes, days=args.days)
    _show(args, issued)


def _reindex(args: argparse.Namespace, database: "Database") -> None:
    from catalog.services import search
    from catalog.services.operator import operator

    with database.write() as session:
        count = search.rebuild(session, operator())
    print(_INDEXED.format(n=count).say(args.language))


def _show(args: argparse.Namespace, issued: "IssuedToken") -> None:
    """The token alone on standard output, so that a script can take it."""
    until = issued.token.expires_at.date().isoformat()
    print(_TOKEN.format(until=until).say(args.language), file=sys.stderr)
    print(issued.secret)


_WORK: dict[str, Callable[[argparse.Namespace, "Database"], None]] = {
    "create-admin": _create_admin,
    "add-institution": _add_institution,
    "add-person": _add_person,
    "issue-token": _issue_token,
    "reindex": _reindex,
}
