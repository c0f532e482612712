"""A programme's folder as the commands see it: read, or told what is wrong with it."""

import sys
from functools import cached_property
from pathlib import Path

from catalog.report import print_diagnostics
from exporters.visits.output.schedule import Schedule
from exporters.visits.plan_file import PLAN_FILE, load_plan, save_plan
from exporters.visits.reading import Reading, read_programme
from schemas.errors import InputError, UsageError
from schemas.text import Language, Text
from schemas.visits import Plan, Programme

PUBLISHED_FILE = "published.json"  # the plan as it was handed out last

_NO_FOLDER = Text(
    "{path} 不是计划文件夹。新建一个：lingjun visits new {path}",
    "{path} is no programme's folder. Create one: lingjun visits new {path}",
)
_WRONG = Text(
    "{path} 的资料有错误，见上；请先改正。", "The data in {path} have errors, see above; cure them first."
)
_NO_PLAN = Text(
    "还没有计划，请先运行：lingjun visits plan {path}",
    "There is no plan yet. Run: lingjun visits plan {path}",
)


class Folder:
    """A folder whose data are sound."""

    def __init__(self, path: Path, reading: Reading, programme: Programme) -> None:
        self.path = path
        self.programme = programme
        self.title = reading.title
        self.plan_path = path / PLAN_FILE

    @cached_property
    def plan(self) -> Plan | None:
        """The plan; None before the first one."""
        return load_plan(self.plan_path)

    def need_plan(self) -> Plan:
        """The plan. Raises UsageError where there is none."""
        if self.plan is None:
            raise UsageError(_NO_PLAN.format(path=self.path))
        return self.plan

    def schedule(self) -> Schedule:
        """The plan joined with what it is about."""
        return Schedule(self.programme, self.need_plan(), self.title)

    def save(self, plan: Plan) -> None:
        """Write the plan, in one step."""
        save_plan(plan, self.plan_path)


def open_folder(path: Path, language: Language) -> Folder:
    """The folder; what is worth telling about its data goes to standard error. Raises InputError where they have errors."""
    if not path.is_dir():
        raise UsageError(_NO_FOLDER.format(path=path))
    reading = read_programme(path)
    tell(path, reading, language)
    if reading.programme is None or reading.errors:
        raise InputError(_WRONG.format(path=path), reading.diagnostics)
    return Folder(path, reading, reading.programme)


def tell(path: Path, reading: Reading, language: Language) -> None:
    """Print what is wrong with the data, with place and cure."""
    print_diagnostics(
        reading.diagnostics,
        reading.texts,
        prefix=f"{path.as_posix().rstrip('/')}/",
        language=language,
        stream=sys.stderr,
    )


def plan_path(path: Path) -> Path:
    """The plan that a user names by its file or by its folder."""
    return path / PLAN_FILE if path.is_dir() else path
