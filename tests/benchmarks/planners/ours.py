"""Our planner."""

from exporters.visits.solve import solve
from schemas.visits import Programme, Visit
from tests.benchmarks.planners.options import run


def planned(programme: Programme, seconds: float) -> tuple[list[Visit], float | None]:
    """Visits and bound."""
    plan = solve(programme, seconds=seconds, gap=0.0).plan
    return list(plan.visits), plan.quality.bound


if __name__ == "__main__":
    run(planned)
