"""Plans site visits: which class visits which host in which week by a mixed-integer program in HiGHS, then days and half-days.

`board.py` is the programme as arrays; `master.py` and `pricing.py` are the program of the first stage and its columns, `first.py` solves
it; `layout.py` and `joint.py` are the second stage; `search.py` finds better places by hand; `planner.py` puts it all together.
"""

from exporters.visits.solve.planner import Progress, Solved, solve

__all__ = ["Progress", "Solved", "solve"]
