"""Plans site visits: which class visits which host, in which week, on which day and half-day.

`board.py` is the programme as arrays; `prices.py` is a bound for all plans; `whole.py` and `search.py` choose class by class,
`together.py` weighs the choices in a mixed-integer program. Small programmes are solved exactly: `master.py` and `pricing.py` are the
program of the first stage and its columns, `first.py` solves it; `layout.py` and `joint.py` are the second stage. `planner.py` puts
it all together.
"""

from exporters.visits.solve.planner import Progress, Solved, solve

__all__ = ["Progress", "Solved", "solve"]
