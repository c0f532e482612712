"""Why a visit isn't planned, as far as the hosts that fit tell."""

from collections.abc import Sequence

import numpy as np

from exporters.visits.solve.board import Board, Desk
from exporters.visits.solve.layout import Placed
from schemas.text import Text
from schemas.visits import Unserved

NO_HOST = Text(
    "没有企业同时符合主题、行业、人数与语言",
    "no host fits the theme, the industry, the size and the language",
)
CLOSED = Text(
    "符合的 {n} 家企业在班次的教学日里都不接待，或来不及提前通知",
    "the hosts that fit ({n}) receive nobody on the days of the class, or would hear of it too late",
)
FULL = Text(
    "符合且开放的 {n} 家企业都已排满，或时间、路程排不开",
    "the hosts that fit and are open ({n}) are full, or there is no time for the visit and the way",
)


def unserved(board: Board, placed: Sequence[Sequence[Placed]]) -> tuple[Unserved, ...]:
    """What each class lacks, and why."""
    found = []
    for desk in board.desks:
        have = np.bincount([one.item.need for one in placed[desk.index]], minlength=len(desk.needs))
        for place, need in enumerate(desk.needs):
            missing = int(desk.count[place] - have[place])
            if missing > 0:
                found.append(Unserved(desk.cohort.id, need.id, missing, reason(desk, place)))
    return tuple(found)


def reason(desk: Desk, need: int) -> Text:
    """Why a need isn't served."""
    fits = desk.fit[need]
    if not fits.any():
        return NO_HOST
    times = desk.wholly if desk.whole[need] else desk.free.any(axis=2)
    open_ = fits & (times & desk.when[need]).any(axis=1)
    return FULL.format(n=int(open_.sum())) if open_.any() else CLOSED.format(n=int(fits.sum()))
