"""The catalogue of `lingjun demo`: filled, its people told, served on this machine alone."""

import logging
import sys

from tqdm import tqdm

from catalog.cli.table import table
from catalog.demonstration import place
from catalog.demonstration.people import HOME
from catalog.domain.actions import INSTITUTIONAL
from catalog.settings import Settings
from schemas.text import Language, Text

_FILLED = Text(
    "示例目录：{courses} 门课程、{institutions} 个机构、{curricula} 个培训方案，均为示例，存于 {folder}。",
    "Sample catalogue: {courses} courses, {institutions} institutions, {curricula} curricula, all samples, in {folder}.",
)
_HEADER = (
    Text("角色", "Role"),
    Text("账号", "Account"),
    Text("密码", "Password"),
    Text("访问令牌", "Access token"),
)
_SERVED = Text(
    "目录在 {address}，只有本机能访问（Ctrl-C 结束）",
    "The catalogue is at {address}, for this machine alone (Ctrl-C ends)",
)


def fill(settings: Settings, courses: int, language: Language) -> None:
    """Fill it, unless it is there already; print who can sign in."""
    with tqdm(disable=not sys.stderr.isatty(), unit="", leave=False) as bar:
        made = place.prepare(settings, courses, bar.update)
    told = _FILLED.format(
        courses=made.courses,
        institutions=made.institutions,
        curricula=made.curricula,
        folder=settings.data,
    )
    print(told.say(language))
    rows = []
    for person in made.people:
        role = f"{person.role}@{HOME}" if person.role in INSTITUTIONAL else str(person.role)
        rows.append((role, person.email, person.password, person.token))
    print(table([word.say(language) for word in _HEADER], rows), flush=True)


def serve(settings: Settings, language: Language) -> None:
    """Serve it until SIGTERM or Ctrl-C."""
    from catalog.server import serve as serve_catalogue

    def started(address: str) -> None:
        print(_SERVED.format(address=address).say(language), flush=True)

    serve_catalogue(settings, started, log_level=logging.WARNING)
