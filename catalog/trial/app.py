"""The trial run's web server: the author's page, the package, and the LMS side with its xAPI store."""

import asyncio
import time
from http import HTTPStatus
from importlib import resources
from typing import Any

import msgspec
from litestar import Litestar, Response, get, post, route
from litestar.config.cors import CORSConfig
from litestar.datastructures import State
from litestar.params import FromPath, FromQuery, JSONBody

from catalog.media import media_type
from catalog.trial.cmi5.session import LaunchMode
from catalog.trial.files import send_file
from catalog.trial.run import Run, statement_says
from catalog.trial.scorm import ValueCall, call_breaches, call_says
from catalog.trial.xapi.documents import ID_NAMES, Kind, answer_document
from catalog.trial.xapi.requests import HEADERS, AnyRequest, Refused, admit, respond
from catalog.trial.xapi.statements import read_statements, write_statements
from exporters.pages.files import BUILT
from schemas.text import Text

_STATIC = ("trial.html", "trial.js", "trial.css", "scorm-again.js")
_DOCUMENT_SAYS = {
    "GET": Text("读取{what}", "reads {what}"),
    "PUT": Text("写入{what}", "writes {what}"),
    "POST": Text("合并{what}", "merges {what}"),
    "DELETE": Text("删除{what}", "deletes {what}"),
}
_MOMENT, _PATIENCE = 0.05, 30  # seconds, and how many of them before a session is abandoned
_NOTHING_YET = Text("读取{what}：还没有", "reads {what}: nothing yet")
_AWAY = Text("学习记录存储暂不可用（试验）", "the record store is away (as asked)")


class LaunchCall(msgspec.Struct, forbid_unknown_fields=True):
    """What the author's page sends to start something."""

    id: str
    mode: LaunchMode = "Normal"


class ConditionsCall(msgspec.Struct, forbid_unknown_fields=True):
    """How the store should behave: away for some seconds, and slow by some."""

    away: float = 0.0
    delay: float = 0.0


def make_app(run: Run) -> Litestar:
    """The application for one run. Content is best opened by another host name than the store's (`localhost` and
    `127.0.0.1`), as real LMSs do: then the browser asks for CORS."""
    return Litestar(
        route_handlers=[
            _page,
            _static,
            _status,
            _events,
            _launch,
            _conditions,
            _value,
            _fetch,
            _statements,
            _document,
            _about,
            _package,
        ],
        cors_config=CORSConfig(
            allow_origins=[],
            allow_origin_regex=r"http://(localhost|127\.0\.0\.1)(:[0-9]+)?",
            allow_methods=["*"],
            allow_headers=[
                "Authorization",
                "Content-Type",
                "X-Experience-API-Version",
                "If-Match",
                "If-None-Match",
            ],
            expose_headers=[
                "ETag",
                "Last-Modified",
                "X-Experience-API-Version",
                "X-Experience-API-Consistent-Through",
            ],
        ),
        before_request=_only_by_its_own_name,
        exception_handlers={Refused: _refuse},
        state=State({"run": run}),
        openapi_config=None,
        logging_config=None,
        request_max_body_size=4 << 20,
    )


def _only_by_its_own_name(request: AnyRequest) -> Response[Any] | None:
    """Other sites that the author has open mustn't read the course by giving this machine a name of theirs."""
    known = request.url.hostname in ("127.0.0.1", "localhost")
    return None if known else Response({"message": "unknown host"}, status_code=HTTPStatus.BAD_REQUEST)


def _run(request: AnyRequest) -> Run:
    run: Run = request.app.state.run
    return run


def _refuse(request: AnyRequest, error: Refused) -> Response[Any]:
    """Every refusal in one shape, and in the author's list."""
    run = _run(request)
    run.journal.add(
        "call",
        error.message,
        status=error.status,
        breaches=error.breaches,
        detail=error.detail or f"{request.method} {request.url.path}",
    )
    headers = {**HEADERS, "WWW-Authenticate": "Basic"} if error.status == HTTPStatus.UNAUTHORIZED else HEADERS
    content = {
        "message": error.message.say(run.language),
        "breaches": [msgspec.to_builtins(b) for b in error.breaches],
    }
    return Response(content, status_code=error.status, headers=headers)


@get("/", sync_to_thread=False)
def _page() -> Response[bytes]:
    return _own("trial.html")


@get("/trial/{name:str}", sync_to_thread=False)
def _static(name: FromPath[str]) -> Response[bytes]:
    if name not in _STATIC:
        return Response(b"", status_code=HTTPStatus.NOT_FOUND)
    return _own(name)


def _own(name: str) -> Response[bytes]:
    folder = BUILT / "trial" if name == "scorm-again.js" else resources.files("catalog") / "static"
    content = (folder / name).read_bytes()
    policy = "default-src 'self'; frame-src http://127.0.0.1:* http://localhost:* 'self'; object-src 'none'; base-uri 'none'"
    return Response(content, media_type=media_type(name), headers={"Content-Security-Policy": policy})


@get("/api/status", sync_to_thread=False)
def _status(request: AnyRequest) -> dict[str, Any]:
    run = _run(request)
    return {
        "format": run.kind,
        "language": run.language,
        "units": [msgspec.to_builtins(item) for item in run.launchables()],
        "progress": run.progress(),
        "satisfied": run.lms is not None and run.lms.registration.course.id in run.lms.registration.satisfied,
    }


@get("/api/events")
async def _events(request: AnyRequest, after: FromQuery[int] = 0) -> Response[bytes]:
    """The entries after a number, as soon as there are any."""
    found = await _run(request).journal.after(after, patience=20)
    return Response(msgspec.json.encode(found), media_type="application/json")


@post("/api/launch")
async def _launch(request: AnyRequest, data: JSONBody[LaunchCall]) -> dict[str, str]:
    run = _run(request)
    if data.id not in {item.id for item in run.launchables()}:
        raise Refused(404, Text("没有这个可启动项", "there is nothing of this id to launch"))
    await _hear_out(run)
    base = str(request.base_url)
    before = len(run.store.statements)
    address = run.launch(data.id, data.mode, base, f"{base}trial/trial.html")
    _note_new_statements(run, before)
    return {"url": f"/package/{address}"}


@post("/api/conditions", status_code=204)
async def _conditions(request: AnyRequest, data: JSONBody[ConditionsCall]) -> None:
    conditions = _run(request).conditions
    conditions.away_until = time.monotonic() + min(data.away, 600)
    conditions.delay = min(data.delay, 60)


@post("/api/values", status_code=204)
async def _value(request: AnyRequest, data: JSONBody[list[ValueCall]]) -> None:
    """SCORM calls, as the page's own API saw them."""
    run = _run(request)
    for call in data:
        breaches = call_breaches(call, scorm12=run.kind == "scorm12")
        run.journal.add("value", call_says(call), detail=msgspec.to_builtins(call), breaches=breaches)


@post("/fetch/{key:str}", status_code=200)
async def _fetch(request: AnyRequest, key: FromPath[str]) -> dict[str, str]:
    run = _run(request)
    answer = run.lms.fetch(key) if run.lms is not None else None
    if answer is None:
        raise Refused(404, Text("没有这个 fetch 地址", "there is no such fetch address"))
    run.journal.add("call", Text("领取授权令牌（fetch）", "fetches its token"), detail=list(answer))
    return answer


@route("/xapi/statements", http_method=["GET", "POST", "PUT"])
async def _statements(request: AnyRequest) -> Response[Any]:
    run = _run(request)
    caller = await _enter(request, run)
    if request.method == "GET":
        return read_statements(request, run.store)
    before = len(run.store.statements)
    answer = await write_statements(request, run.store, run, caller)
    _note_new_statements(run, before)
    return answer


@route("/xapi/{kind:str}/{name:str}", http_method=["GET", "PUT", "POST", "DELETE"])
async def _document(request: AnyRequest, kind: FromPath[str], name: FromPath[str]) -> Response[Any]:
    """`activities/state` and `agents/profile`."""
    kinds: dict[tuple[str, str], Kind] = {("activities", "state"): "state", ("agents", "profile"): "agents"}
    resource = kinds.get((kind, name))
    if resource is None:
        raise Refused(404, Text("试运行不提供此资源", "the trial doesn't offer this resource"))
    run = _run(request)
    caller = await _enter(request, run)
    answer = await answer_document(request, run.store, run, caller, resource)
    identifier = str(request.query_params.get(ID_NAMES[resource], name))
    absent = answer.status_code == HTTPStatus.NOT_FOUND
    says = (_NOTHING_YET if absent else _DOCUMENT_SAYS[request.method]).format(what=identifier)
    run.journal.add("document", says, detail=f"{request.method} {resource} {identifier}")
    return answer


@get("/xapi/about", sync_to_thread=False)
def _about() -> Response[Any]:
    return respond({"version": ["1.0.3"]})


@get("/package/{path:path}", sync_to_thread=False)
def _package(request: AnyRequest, path: FromPath[str]) -> Response[Any]:
    name = path.lstrip("/")
    content = _run(request).site.get(name)
    if content is None:
        return Response(b"", status_code=HTTPStatus.NOT_FOUND)
    return send_file(name, content, request.headers.get("Range", ""))


async def _enter(request: AnyRequest, run: Run) -> str:
    """What every request to the store meets first: the conditions that the author set, then admission."""
    if run.conditions.delay:
        await asyncio.sleep(run.conditions.delay)
    if run.conditions.away:
        raise Refused(503, _AWAY)
    return admit(request, run)


async def _hear_out(run: Run) -> None:
    """Before a launch abandons what is still open, leave the page that was just closed time for its last words."""
    for _ in range(_PATIENCE):
        if not run.is_speaking():
            return
        await asyncio.sleep(_MOMENT)


def _note_new_statements(run: Run, before: int) -> None:
    """Show statements stored since, the LMS's own among them."""
    titles = run.titles()
    for statement in list(run.store.statements.values())[before:]:
        run.journal.add("statement", statement_says(statement, titles), detail=statement)
