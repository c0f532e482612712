"""A catalogue on another machine, by its HTTP API: for `lingjun publish --server`, `review` and `fetch`."""

import argparse
import hashlib
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import msgspec
import urllib3
from tqdm import tqdm
from tqdm.utils import CallbackIOWrapper

from catalog.intake.sources import pack
from courses.curricula import Curriculum
from schemas.course import Course
from schemas.diagnostics import Severity
from schemas.errors import InputError, LingjunError, MachineError, UsageError
from schemas.text import Language, Text

_PIECE = 1 << 20
_OPEN = ("draft", "returned", "submitted")
_TRIES = urllib3.Retry(
    total=4, backoff_factor=0.5, allowed_methods=None, status_forcelist=(502, 504), raise_on_status=False
)
_TIMES = urllib3.Timeout(connect=15, read=600)
_NO_TOKEN = Text(
    "发布到服务器需要访问令牌：请把它放在环境变量 LINGJUN_TOKEN 中。",
    "Publishing to a server needs an access token: put it into the variable LINGJUN_TOKEN.",
)
_BAD_ADDRESS = Text(
    "服务器地址应以 https:// 开头（本机可用 http://）：{address}",
    "A server's address begins with https:// (http:// on this machine only): {address}",
)
_UNREACHABLE = Text(
    "无法连接服务器 {address}：{reason}。没有提交任何内容，可以重试。",
    "The server {address} can't be reached: {reason}. Nothing was handed in; try again.",
)
_NOT_OURS = Text(
    "{address} 不是领军目录（状态 {status}）。", "{address} is no Lingjun catalogue (status {status})."
)
_SAID = Text("服务器答复（{status}）：{detail}", "The server says ({status}): {detail}")
_BROKEN_OFF = Text(
    "下载中断：{reason}。没有保存，可以重试。",
    "The download broke off: {reason}. Nothing was kept; try again.",
)
_BAD_NAME = Text(
    "名称写作 机构/课程 或 机构/curriculum.标识：{name}",
    "A name is institution/course or institution/curriculum.id, not: {name}",
)
_NAME = re.compile(r'filename="([A-Za-z0-9][A-Za-z0-9._-]*)"')
_REFUSE: Any = object()
_LOCAL = ("127.0.0.1", "localhost", "::1")


def server_of(args: argparse.Namespace) -> "Server":
    """The catalogue at `--server`."""
    return Server(args.server, args.token or os.environ.get("LINGJUN_TOKEN", ""), args.language)


def resource_of(name: str) -> tuple[str, str]:
    """Where something is that signatures and the index call by this name, and where its versions are: `institution/id` is
    a course, `institution/curriculum.id` a curriculum. Raises UsageError for any other name."""
    institution, _, slug = name.partition("/")
    if not institution or not slug or "/" in slug:
        raise UsageError(_BAD_NAME.format(name=name))
    curriculum = slug.removeprefix("curriculum.")
    if curriculum != slug:
        return f"/curricula/{quote(institution)}/{quote(curriculum)}", "curriculum-versions"
    return f"/courses/{quote(institution)}/{quote(slug)}", "versions"


class _Body(NamedTuple):
    """What is sent, below `/api/v1`."""

    where: str
    file: Path
    media_type: str
    sha256: str


class Handed(NamedTuple):
    """What the server made of it."""

    id: int
    state: str
    etag: int
    source_sha256: str
    warnings: int


class HandedCurriculum(NamedTuple):
    """The same of a curriculum; `warnings` are how many there were."""

    id: int
    state: str
    etag: int
    warnings: int


class Server:
    """A catalogue at `address`, for the owner of `token`. Raises UsageError for what can't be either."""

    def __init__(self, address: str, token: str, language: Language) -> None:
        if not token:
            raise UsageError(_NO_TOKEN)
        parts = urllib3.util.parse_url(address)
        if not (parts.scheme == "https" or (parts.scheme == "http" and parts.host in _LOCAL)):
            raise UsageError(_BAD_ADDRESS.format(address=address))
        self._address = address.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}", "Accept-Language": language}
        self._pool = urllib3.PoolManager(retries=_TRIES, timeout=_TIMES)

    def hand_in(self, folder: Path, course: Course, *, draft: bool) -> Handed:
        """Upload the folder as a new draft or another content for the open version; unless `draft`, for review.

        Sent again after a lost answer it is done once. Raises InputError for what the server refuses, MachineError when
        it can't be reached or fails.
        """
        tag = self._open_tag(f"/courses/{quote(course.institution)}/{quote(course.id)}/versions")
        with tempfile.TemporaryDirectory(prefix="lingjun-") as temporary:
            packed = pack(folder, Path(temporary) / "source.zip")
            what = _Body("/versions", packed.path, "application/zip", packed.sha256)
            answer = self._send(what, tag, draft=draft)
        version = answer["version"]
        return Handed(*(version[name] for name in Handed._fields))

    def hand_in_curriculum(self, file: Path, curriculum: Curriculum, *, draft: bool) -> HandedCurriculum:
        """The same with a curriculum's file. What the server remarks goes to standard error."""
        where = f"/curricula/{quote(curriculum.institution)}/{quote(curriculum.id)}/versions"
        what = _Body("/curriculum-versions", file, "text/markdown", curriculum.source_hash)
        answer = self._send(what, self._open_tag(where), draft=draft)
        for line in _lines(answer):
            print(line, file=sys.stderr)
        version, told = answer["version"], answer["diagnostics"]
        warnings = sum(one["severity"] == Severity.WARNING for one in told)
        return HandedCurriculum(version["id"], version["state"], version["etag"], warnings)

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        if_match: bool = False,
        missing: Any = _REFUSE,
        raw: bool = False,
    ) -> Any:
        """The decoded answer, or its `raw` bytes; `missing` where there is nothing at that address. With `if_match`, a
        step of the version at the address above, as it stands now. Raises as `hand_in`."""
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if if_match:
            headers["If-Match"] = f'"{self.ask("GET", path.rpartition("/")[0])["etag"]}"'
        content = msgspec.json.encode(body) if body is not None else None
        answer = self._request(method, path, headers, content)
        if answer.status == HTTPStatus.NOT_FOUND and missing is not _REFUSE:
            return missing
        decoded = self._decoded(answer)
        return answer.data if raw else decoded

    def pages(self, path: str) -> Iterator[Any]:
        """The rows of a list, page by page."""
        cursor = ""
        while True:
            joint = "&" if "?" in path else "?"
            page = self.ask("GET", f"{path}{joint}{urlencode({'limit': 100, 'cursor': cursor})}")
            yield from page["items"]
            cursor = page["next"]
            if not cursor:
                return

    def download(self, path: str, folder: Path) -> Path:
        """The file at that address, under its own name in `folder`: it appears whole or not at all."""
        answer = self._request("GET", path, {}, preload_content=False)
        try:
            if answer.status != HTTPStatus.OK:
                answer.read(cache_content=True)
                self._decoded(answer)
            found = _NAME.search(answer.headers.get("Content-Disposition", ""))
            if found is None:
                raise UsageError(_NOT_OURS.format(address=self._address, status=answer.status))
            return _saved(answer, folder / found[1])
        except urllib3.exceptions.HTTPError as error:
            raise MachineError(_BROKEN_OFF.format(reason=error)) from error
        finally:
            answer.release_conn()

    def _open_tag(self, where: str) -> str:
        """The ETag of the version that is being worked on, in the list at that address; empty where there is none."""
        answer = self._request("GET", where, {})
        if answer.status == HTTPStatus.NOT_FOUND:
            return ""
        versions = self._decoded(answer)
        return next((f'"{v["etag"]}"' for v in versions if v["state"] in _OPEN), "")

    def _send(self, what: _Body, tag: str, *, draft: bool) -> Any:
        where = f"{what.where}?submit={'false' if draft else 'true'}"
        key = hashlib.sha256(f"{what.sha256} {tag} {draft}".encode()).hexdigest()
        size = what.file.stat().st_size
        headers = {
            "Content-Type": what.media_type,
            "Content-Length": str(size),
            "Idempotency-Key": key,
            **({"If-Match": tag} if tag else {}),
        }
        hidden = not sys.stderr.isatty()
        with (
            what.file.open("rb") as file,
            tqdm(total=size, unit="B", unit_scale=True, disable=hidden) as bar,
        ):
            return self._decoded(self._request("POST", where, headers, CallbackIOWrapper(bar.update, file)))

    def _request(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        body: Any = None,
        *,
        preload_content: bool = True,
    ) -> urllib3.BaseHTTPResponse:
        try:
            return self._pool.request(
                method,
                f"{self._address}/api/v1{path}",
                body=body,
                headers={**self._headers, **headers},
                preload_content=preload_content,
            )
        except urllib3.exceptions.HTTPError as error:
            cause = getattr(error, "reason", None) or error
            raise MachineError(_UNREACHABLE.format(address=self._address, reason=cause)) from error

    def _decoded(self, answer: urllib3.BaseHTTPResponse) -> Any:
        try:
            found = msgspec.json.decode(answer.data)
        except msgspec.DecodeError as error:
            raise UsageError(_NOT_OURS.format(address=self._address, status=answer.status)) from error
        if answer.status < HTTPStatus.BAD_REQUEST:
            return found
        raise _refusal(answer.status, found)


def _refusal(status: int, problem: dict[str, Any]) -> LingjunError:
    """What the server said, with each thing that is wrong."""
    detail = "\n".join([str(problem.get("detail", "")), *_lines(problem)])
    words = _SAID.format(status=status, detail=detail)
    return MachineError(words) if status >= HTTPStatus.INTERNAL_SERVER_ERROR else InputError(words)


def _saved(answer: urllib3.BaseHTTPResponse, file: Path) -> Path:
    part = file.with_name(f".{file.name}.part")
    size = int(answer.headers.get("Content-Length", 0))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with (
            part.open("wb") as stream,
            tqdm(total=size, unit="B", unit_scale=True, disable=not sys.stderr.isatty()) as bar,
        ):
            for piece in answer.stream(_PIECE):
                stream.write(piece)
                bar.update(len(piece))
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return file


def _lines(answer: dict[str, Any]) -> list[str]:
    """Its diagnostics."""
    return [f"{d['file']}:{d['line']}: {d['message']} {d['cure']}" for d in answer.get("diagnostics", ())]
