"""What differs between two plans, visit by visit."""

from enum import StrEnum

import msgspec

from schemas.visits import Plan, Visit


class Kind(StrEnum):
    """What happened to a visit; the weightiest, where several things did."""

    ADDED = "added"
    CANCELLED = "cancelled"
    HOST = "host"
    MOVED = "moved"
    LOCK = "lock"


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """One visit as it was and as it is; one of them is None where it is new or gone."""

    kind: Kind
    before: Visit | None = None
    after: Visit | None = None

    @property
    def visit(self) -> Visit:
        """The visit as it is, or as it last was."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 (a change is of something)
        return found


def changes(old: Plan, new: Plan) -> tuple[Change, ...]:
    """Every visit that differs, by class and time. The same visit has the same identifier in both plans."""
    before = {visit.id: visit for visit in old.visits}
    after = {visit.id: visit for visit in new.visits}
    found = [
        Change(kind, before.get(one), after.get(one))
        for one in {**before, **after}
        if (kind := _kind(before.get(one), after.get(one))) is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.visit.cohort, one.visit.day, one.visit.id)))


def _kind(before: Visit | None, after: Visit | None) -> Kind | None:
    if before is None or after is None:
        return Kind.ADDED if before is None else Kind.CANCELLED
    if before.enterprise != after.enterprise:
        return Kind.HOST
    if (before.day, before.half) != (after.day, after.half):
        return Kind.MOVED
    return Kind.LOCK if before.locked != after.locked else None
