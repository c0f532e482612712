"""What whoever runs the catalogue watches: is it alive, is it ready, how much does it do, what did it do."""

from catalog.web.operations import health, metrics

HANDLERS = (*health.HANDLERS, *metrics.HANDLERS)
