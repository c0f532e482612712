"""Every page with its path: Chinese at the root, English in `en/`."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import get_args

from exporters.visits.output.html.calendar import programme_page
from exporters.visits.output.html.details import class_page, host_page
from exporters.visits.output.html.frame import Pages
from exporters.visits.output.schedule import Schedule
from schemas.text import Language


def site(schedule: Schedule) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Paths and what makes their pages. Hosts that receive nobody have none."""
    for language in get_args(Language):
        pages = Pages(schedule, language)
        folder = "" if language == "zh" else f"{language}/"
        yield f"{folder}index.html", partial(programme_page, pages)
        for cohort in schedule.programme.cohorts:
            yield folder + pages.cohort(cohort.id), partial(class_page, pages, cohort)
        for enterprise in schedule.programme.enterprises:
            if schedule.of_enterprise(enterprise.id):
                yield folder + pages.host(enterprise.id), partial(host_page, pages, enterprise)
