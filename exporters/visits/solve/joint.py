"""Whether visits of several classes can be laid out together, with a proof; and if not, which of them stand in each other's way."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from exporters.visits.solve.board import Board
from exporters.visits.solve.layout import Exhausted, Item, Layout, Placed

NODES = 20_000
Chosen = Mapping[int, Sequence[Item]]
Stop = Callable[[], bool]


def coupled(board: Board, chosen: Sequence[Sequence[Item]]) -> list[dict[int, Sequence[Item]]]:
    """Groups of classes that share hosts, directly or through others; without those that stay as they are."""
    group = list(range(len(chosen)))

    def head(one: int) -> int:
        while group[one] != one:
            one = group[one]
        return one

    first: dict[int, int] = {}
    for cohort, items in enumerate(chosen):
        for item in items:
            group[head(cohort)] = head(first.setdefault(item.host, cohort))
    groups: dict[int, dict[int, Sequence[Item]]] = defaultdict(dict)
    for cohort, items in enumerate(chosen):
        if items or board.desks[cohort].strained:
            groups[head(cohort)][cohort] = items
    return list(groups.values())


def lay_out(
    board: Board, chosen: Chosen, stop: Stop, *, travel: bool = True
) -> dict[int, list[Placed]] | None:
    """Times for all visits of the classes; None is a proof that there are none. Raises Exhausted."""
    layout = Layout(board)
    left = [NODES]
    order = sorted(chosen, key=lambda cohort: (len(chosen[cohort]), cohort), reverse=True)

    def search(depth: int) -> Iterator[dict[int, list[Placed]]]:
        if depth == len(order):
            yield {cohort: layout.placed[cohort] for cohort in order}
            return
        cohort = order[depth]
        for found in layout.arrangements(cohort, chosen[cohort], NODES, travel=travel):
            left[0] -= 1
            if left[0] < 0 or stop():
                raise Exhausted
            layout.restore(cohort, found)
            yield from search(depth + 1)
            layout.clear(cohort)

    return next(search(0), None)


def conflict(board: Board, chosen: Chosen, stop: Stop) -> tuple[list[tuple[int, Item]], list[int]]:
    """Visits of `chosen`, which can't be laid out, that conflict already; and the classes of which other visits might help."""
    if lay_out(board, chosen, stop, travel=False) is None:
        kept = [(cohort, item) for cohort, items in chosen.items() for item in items]
        for one in list(kept):
            fewer = [other for other in kept if other is not one]
            if lay_out(board, _by_class(fewer), stop, travel=False) is None:
                kept = fewer
        return kept, []
    some = dict(chosen)
    for cohort in list(some):
        fewer_classes = {other: items for other, items in some.items() if other != cohort}
        if lay_out(board, fewer_classes, stop) is None:
            some = fewer_classes
    return [(cohort, item) for cohort, items in some.items() for item in items], list(some)


def _by_class(visits: Sequence[tuple[int, Item]]) -> dict[int, list[Item]]:
    groups: dict[int, list[Item]] = defaultdict(list)
    for cohort, item in visits:
        groups[cohort].append(item)
    return groups
