"""What each possible visit costs, as the first stage counts it: everything but repeats and load, which depend on the others."""

from collections.abc import Sequence

import numpy as np

from exporters.visits.solve.board import Board, Desk, Floats, Slot
from schemas.visits import Visit

HUNDRED = 100.0  # kilometres


class Old:
    """A visit of the last plan that could stay at its host; `place` says whether also in its day and half-day."""

    def __init__(self, desk: Desk, need: int, host: int, slot: Slot | None, week: int) -> None:
        self.cohort, self.need, self.host, self.slot, self.week = desk.index, need, host, slot, week


class Costs:
    """Points of visits by class, need and host. `constant` is what no choice changes."""

    def __init__(self, board: Board, previous: Sequence[Visit] = ()) -> None:
        self.board = board
        self.weights = board.programme.weights
        load = board.fixed_load
        self.constant = float((self.weights.load * load * (load - 1) / 2 / board.each_year).sum())
        self.old: list[Old] = []
        self.of: list[Floats] = []
        last: dict[str, list[Visit]] = {}
        for visit in previous:
            last.setdefault(visit.cohort, []).append(visit)
        for desk in board.desks:
            self.of.append(self._class(desk, last.get(desk.cohort.id, ())))

    def _class(self, desk: Desk, last: Sequence[Visit]) -> Floats:
        weights, board = self.weights, self.board
        cost = np.repeat((weights.travel * desk.km / HUNDRED)[None], len(desk.needs), axis=0)
        visited = {host for host, _, _ in desk.fixed}
        self.constant += sum(weights.travel * float(desk.all_km[host]) / HUNDRED for host, _, _ in desk.fixed)
        for wish in sorted(set(desk.cohort.wishes)):
            host = board.host_of.get(wish)
            if host is not None and host in visited:
                continue
            self.constant += weights.wishes
            if host is not None and desk.row[host] >= 0:
                cost[:, desk.row[host]] -= weights.wishes
        self._repeats(desk)
        needs = {need.id: place for place, need in enumerate(desk.needs)}
        stays = {visit.id for _, _, visit in desk.fixed}
        for visit in last:
            if visit.id in stays or visit.need not in needs:
                continue
            self._change(desk, cost, visit, needs[visit.need])
        return np.asarray(cost)

    def _repeats(self, desk: Desk) -> None:
        hosts = [host for host, _, _ in desk.fixed]
        for weight, codes in (
            (self.weights.regions, self.board.province),
            (self.weights.industries, self.board.industry),
        ):
            self.constant += weight * (len(hosts) - len({int(codes[host]) for host in hosts}))

    def _change(self, desk: Desk, cost: Floats, visit: Visit, need: int) -> None:
        weight, board = self.weights.changes, self.board
        host = board.host_of.get(visit.enterprise)
        self.constant += weight
        if host is None or desk.row[host] < 0 or not desk.fit[need, desk.row[host]]:
            return
        slot = board.slot_of(visit)
        desk.last[need, host] = slot
        row = int(desk.row[host])
        cost[need, row] -= weight / 2
        if visit.agreed is not None:
            desk.agree(board, need, host, slot, visit.agreed.toordinal() - board.first)
        if desk.could(need, row, slot) or (need, host) in desk.agreed:
            self.old.append(Old(desk, need, host, slot, int(board.week_of(np.array([slot.day]))[0])))
