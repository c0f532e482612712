"""`lingjun visits diff`: what changed from one plan to another, told class by class and host by host."""

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from catalog.cli.visits.folder import open_folder, plan_path
from catalog.report import printable
from exporters.visits.changes import Change, Kind, changes
from exporters.visits.output import words
from exporters.visits.plan_file import load_plan
from schemas.errors import UsageError
from schemas.text import Language, Text
from schemas.visits import Plan, Programme, Visit

_NO_PLAN = Text("{path} 里没有计划。", "There is no plan at {path}.")
_SAME = Text("两份计划安排的实地教学相同。", "Both plans have the same visits.")
_CLASSES, _HOSTS = Text("各班次：", "Class by class:"), Text("各企业：", "Host by host:")
_SUM = Text(
    "合计：换企业 {host}，改时间 {moved}，新增 {added}，取消 {cancelled}，锁定变化 {lock}；不变 {same}。",
    "In all: another host {host}, another time {moved}, new {added}, cancelled {cancelled}, locks {lock}; unchanged {same}.",
)
_WORDS = {
    Kind.ADDED: Text("新增", "new"),
    Kind.CANCELLED: Text("取消", "cancelled"),
    Kind.HOST: Text("换企业", "another host"),
    Kind.MOVED: Text("改时间", "another time"),
    Kind.LOCK: Text("锁定变化", "lock"),
}
_LOCKED, _UNLOCKED = Text("已锁定", "locked"), Text("已解锁", "unlocked")
_COMES = Text("来：{who} {when}", "comes: {who} {when}")
_COMES_NOT = Text("不来了：{who} {when}", "comes no more: {who} {when}")
_COMES_OTHERWISE = Text("改时间：{who} {old} → {when}", "another time: {who} {old} → {when}")


class Difference(msgspec.Struct, frozen=True):
    """What `lingjun visits diff --json` prints: how many changes of each kind, and each of them."""

    counts: dict[str, int]
    unchanged: int
    changes: tuple[Change, ...]


class _Names:
    """Classes and hosts by name, where the programme is at hand; else by identifier."""

    def __init__(self, programme: Programme | None, language: Language) -> None:
        self.language = language
        self._cohorts: Mapping[str, Text] = {}
        self._hosts: Mapping[str, Text] = {}
        if programme:
            self._cohorts = {one.id: one.name for one in programme.cohorts}
            self._hosts = {one.id: one.name for one in programme.enterprises}

    def cohort(self, identifier: str) -> str:
        return printable(self._cohorts.get(identifier, Text(identifier)).say(self.language))

    def host(self, identifier: str) -> str:
        return printable(self._hosts.get(identifier, Text(identifier)).say(self.language))

    def when(self, visit: Visit) -> str:
        return f"{visit.day} {words.half(visit).say(self.language)}"


def diff(args: argparse.Namespace) -> int:
    """Compare two plans; the names come from the later one's folder."""
    old, new = _plan(args.old), _plan(args.new)
    found = changes(old, new)
    if args.json:
        print(msgspec.json.format(msgspec.json.encode(difference(old, new)), indent=2).decode())
        return 0
    print_changes(found, new, _programme(args.new, args.language), args.language)
    return 0


def difference(old: Plan, new: Plan) -> Difference:
    """The same for programs."""
    found = changes(old, new)
    counts = Counter(one.kind.value for one in found)
    return Difference({kind.value: counts[kind] for kind in Kind}, _unchanged(found, new), found)


def print_changes(
    found: Sequence[Change], new: Plan, programme: Programme | None, language: Language
) -> None:
    """Every change, for each class and for each host."""
    if not found:
        print(_SAME.say(language))
        return
    names = _Names(programme, language)
    print(_CLASSES.say(language))
    _print_groups(_for_classes(found, names))
    print(_HOSTS.say(language))
    _print_groups(_for_hosts(found, names))
    counts = Counter(one.kind for one in found)
    totals = {kind.value: counts[kind] for kind in Kind}
    print(_SUM.format(**totals, same=_unchanged(found, new)).say(language))


def _unchanged(found: Sequence[Change], new: Plan) -> int:
    return len(new.visits) - sum(one.after is not None for one in found)


def _for_classes(found: Sequence[Change], names: _Names) -> Mapping[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for one in found:
        shown = [
            f"{names.when(visit)} {names.host(visit.enterprise)}"
            for visit in (one.before, one.after)
            if visit is not None
        ]
        line = " → ".join(shown)
        if one.kind is Kind.LOCK:
            line = f"{shown[-1]} {(_LOCKED if one.visit.locked else _UNLOCKED).say(names.language)}"
        groups[names.cohort(one.visit.cohort)].append(f"[{_WORDS[one.kind].say(names.language)}] {line}")
    return groups


def _for_hosts(found: Sequence[Change], names: _Names) -> Mapping[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for one in found:
        who = names.cohort(one.visit.cohort)
        if one.kind is Kind.MOVED and one.before and one.after:
            told = _COMES_OTHERWISE.format(who=who, old=names.when(one.before), when=names.when(one.after))
            groups[names.host(one.after.enterprise)].append(told.say(names.language))
        elif one.kind is not Kind.LOCK:
            for visit, words_ in ((one.before, _COMES_NOT), (one.after, _COMES)):
                if visit is not None:
                    told = words_.format(who=who, when=names.when(visit))
                    groups[names.host(visit.enterprise)].append(told.say(names.language))
    return groups


def _print_groups(groups: Mapping[str, Sequence[str]]) -> None:
    for name, lines in groups.items():
        print(f"  {name}")
        for line in lines:
            print(f"    {line}")


def _plan(path: Path) -> Plan:
    plan = load_plan(plan_path(path))
    if plan is None:
        raise UsageError(_NO_PLAN.format(path=path))
    return plan


def _programme(path: Path, language: Language) -> Programme | None:
    folder = path if path.is_dir() else path.parent
    if not (folder / "programme.md").is_file():
        return None
    return open_folder(folder, language).programme


ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {"diff": diff}
