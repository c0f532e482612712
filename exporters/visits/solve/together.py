"""Choices of all classes together: one of each class's, so that hosts share the load, as a mixed-integer program in HiGHS."""

from collections.abc import Callable, Sequence

import highspy
import numpy as np

from exporters.visits.solve.board import Board, Floats, Ints
from exporters.visits.solve.costs import Costs
from exporters.visits.solve.layout import Item
from exporters.visits.solve.master import INFINITY, Silent, Triplets
from exporters.visits.solve.whole import Choice

NEAR = 1e-4  # of the points: near enough to the best
ROOM = 6  # visits more than a host has now, that are priced one by one


def together(
    board: Board,
    costs: Costs,
    choices: Sequence[Sequence[Choice]],
    load: Ints,
    points: float,
    seed: int,
    seconds: float,
    stop: Callable[[], bool],
) -> list[tuple[Item, ...]] | None:
    """One choice of each class, the first of which is what it has now; None where none was found in so many seconds, or before it
    was time to `stop`. `load` are visits to hosts, `points` those of the plan now."""
    classes, size = len(choices), sum(len(some) for some in choices)
    every = [choice for some in choices for choice in some]
    cohort = np.repeat(np.arange(classes), [len(some) for some in choices])
    entries = Triplets()
    entries.add(cohort, np.arange(size), 1.0)
    hosts = np.array([item.host for choice in every for item in choice.items], dtype=np.int64)
    entries.add(classes + hosts, np.repeat(np.arange(size), [len(choice.items) for choice in every]), 1.0)
    before, most = board.fixed_load, np.maximum(board.most - board.fixed_load, 0)
    own = np.minimum(load - before + ROOM, most)
    host = np.repeat(np.arange(board.size), own)
    step = np.arange(len(host)) - np.repeat(np.cumsum(own) - own, own)
    entries.add(classes + host, size + np.arange(len(host)), -1.0)
    price = costs.weights.load * (before[host] + step) / board.each_year[host]
    top = np.where(step == own[host] - 1, most[host] - own[host] + 1, 1).astype(float)
    highs = _program(
        np.r_[np.array([choice.points for choice in every]), price],
        np.r_[np.ones(size), top],
        np.r_[np.ones(classes), np.full(board.size, -INFINITY)],
        np.r_[np.ones(classes), np.zeros(board.size)],
        entries,
    )
    highs.changeColsIntegrality(
        size,
        np.arange(size, dtype=np.int32),
        np.full(size, int(highspy.HighsVarType.kInteger), dtype=np.uint8),
    )
    highs.setOptionValue("random_seed", seed)
    highs.setOptionValue("time_limit", seconds)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", NEAR * points)

    def look(event: "highspy.highs.HighsCallbackEvent") -> None:
        if stop():
            event.interrupt()

    for name in ("cbMipInterrupt", "cbSimplexInterrupt", "cbIpmInterrupt"):
        getattr(highs, name).subscribe(look)
    highs.run()
    if highs.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    value = np.array(highs.getSolution().col_value)[:size]
    first = np.cumsum([0, *(len(some) for some in choices)])
    return [
        some[int(value[first[place] : first[place + 1]].argmax())].items for place, some in enumerate(choices)
    ]


def _program(price: Floats, top: Floats, lower: Floats, upper: Floats, entries: Triplets) -> Silent:
    """Columns from 0 to `top`, rows between two limits."""
    highs = Silent()
    empty = np.zeros(0, dtype=np.int32)
    highs.addRows(len(lower), lower, upper, 0, np.zeros(len(lower), dtype=np.int32), empty, np.zeros(0))
    starts, rows, values = entries.packed(len(price), "columns")
    highs.addCols(
        len(price),
        price,
        np.zeros(len(price)),
        top,
        len(rows),
        starts.astype(np.int32),
        rows.astype(np.int32),
        values,
    )
    return highs
