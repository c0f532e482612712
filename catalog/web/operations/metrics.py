"""`/metrics`, in the text format that Prometheus reads: this process's requests and builds, and what it shares."""

from collections.abc import Iterator

from litestar import Response, get
from litestar.di import NamedDependency
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.pool import QueuePool

from catalog.web.parts import Parts
from schemas.errors import MachineError

REQUESTS = Counter("lingjun_http_requests", "Requests answered.", ("method", "route", "status"))
DURATION = Histogram(
    "lingjun_http_request_seconds",
    "How long requests took.",
    ("route",),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60),
)


class _Shared(Collector):
    """What is looked at when it is asked for: the queue and the database's connections."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def collect(self) -> Iterator[Metric]:
        """Each now."""
        pool = self._parts.database.engine.pool
        if isinstance(pool, QueuePool):
            connections = GaugeMetricFamily(
                "lingjun_database_connections", "Connections of this process's pool.", labels=("state",)
            )
            connections.add_metric(("in_use",), pool.checkedout())
            connections.add_metric(("idle",), pool.checkedin())
            yield connections
        try:
            waiting = self._parts.jobs.waiting()
        except MachineError:  # told by /ready; the other figures are wanted all the more
            return
        yield GaugeMetricFamily("lingjun_queue_length", "Jobs that wait for a worker.", value=waiting)


@get("/metrics", sync_to_thread=True, include_in_schema=False)
def get_metrics(parts: NamedDependency[Parts]) -> Response[bytes]:
    """Everything counted."""
    shared = CollectorRegistry()
    shared.register(_Shared(parts))
    return Response(
        generate_latest(REGISTRY) + generate_latest(shared),
        media_type=CONTENT_TYPE_LATEST,
        headers={"Cache-Control": "no-store"},
    )


HANDLERS = (get_metrics,)
