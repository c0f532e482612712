"""One line of JSON for each thing that happened, with the identifier of the request that it belongs to; on a terminal
the same in colour."""

import logging
import sys

import structlog
from structlog.typing import Processor

_QUIET = ("alembic", "huey", "httpx", "uvicorn.access")


def configure(level: int = logging.INFO) -> None:
    """From here on everything that is logged, by us or a library, goes to standard error in that shape."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    shown: list[Processor]
    if sys.stderr.isatty():
        shown = [structlog.dev.ConsoleRenderer()]
    else:
        shown = [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *shown],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
