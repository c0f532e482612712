"""Makes plans: which class visits which host in which week by a mixed-integer program, then days and half-days by search.

`choice.py` is the program, a relaxation of the whole problem, so that its bound holds for every plan; `slots.py` knows when a visit
can take place; `layout.py` gives each chosen visit a day, and finds other places for those that have none.
"""

from exporters.visits.solve.planner import Progress, Solved, solve

__all__ = ["Progress", "Solved", "solve"]
