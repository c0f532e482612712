"""Packages 课程包: built once, at the latest when they are first asked for; sent whole or in part; signed."""

import base64
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Response, get, route
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, Parameter
from litestar.response import Stream
from sqlalchemy import select

from catalog.database.models import Package, Version
from catalog.domain.errors import NotFoundError
from catalog.domain.roles import Action, Resource, require
from catalog.domain.states import HANDED_OUT
from catalog.packages.claims import PackageKey
from catalog.packages.index import current_index
from catalog.packages.signing import SigningKey, public_pem
from catalog.services import lists
from catalog.services.events import Cause
from catalog.storage import Kind
from catalog.web.conditional import etag
from catalog.web.language import AnyRequest
from catalog.web.parts import Parts
from catalog.web.sending import ZIP, send_archive
from schemas.package import Format
from schemas.text import Text

PATIENCE = 60  # seconds that a download waits for its package to be built
PACKAGE = Text("这个课程包", "such package")
_KEY = Text("目录的签名密钥", "signing key of this catalogue")
DOWNLOAD = {"sends": ZIP, "conditional": True, "ranges": True}
_VERSION = "/courses/{institution:str}/{course:str}/versions/{number:int}/packages"
_LATEST = "/courses/{institution:str}/{course:str}/latest/packages"

Lms = Annotated[
    str, Parameter(max_length=40, description="An LMS preset, as `lingjun export --lms` names it.")
]


class ShownPackage(msgspec.Struct, frozen=True):
    """A package that is built. `lms` is its preset; `size` in bytes."""

    format: str
    lms: str
    name: str
    size: int
    sha256: str
    signed: bool
    built_at: datetime


@get(_VERSION, sync_to_thread=True)
def list_packages(
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    institution: FromPath[str],
    course: FromPath[str],
    number: FromPath[int],
) -> list[ShownPackage]:
    """The packages of a version that are built already; every other is built when it is asked for."""
    with parts.database.read() as session:
        version = lists.version_by_number(session, cause.actor, institution, course, number)
        rows = (
            select(Package).where(Package.version_id == version.id).order_by(Package.format, Package.preset)
        )
        return [shown_package(package) for package in session.scalars(rows)]


@route(_VERSION + "/{package_format:str}", http_method=["GET", "HEAD"], sync_to_thread=True, opt=DOWNLOAD)
def download_package(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    institution: FromPath[str],
    course: FromPath[str],
    number: FromPath[int],
    package_format: FromPath[Format],
    lms: FromQuery[Lms] = "generic",
) -> Response[None] | Response[bytes] | Stream:
    """A package, whole or in part."""
    return send_package(
        request, parts, _package(parts, cause, (institution, course, number), package_format, lms)
    )


@route(_LATEST + "/{package_format:str}", http_method=["GET", "HEAD"], sync_to_thread=True, opt=DOWNLOAD)
def download_latest_package(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    institution: FromPath[str],
    course: FromPath[str],
    package_format: FromPath[Format],
    lms: FromQuery[Lms] = "generic",
) -> Response[None] | Response[bytes] | Stream:
    """The package of the version that is published now."""
    return send_package(
        request, parts, _package(parts, cause, (institution, course, None), package_format, lms)
    )


@get(_VERSION + "/{package_format:str}/signature", sync_to_thread=True, opt={"sends": "application/json"})
def get_signature(
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    institution: FromPath[str],
    course: FromPath[str],
    number: FromPath[int],
    package_format: FromPath[Format],
    lms: FromQuery[Lms] = "generic",
) -> Response[bytes]:
    """The signed statement about a package: keep it beside the package as NAME.zip.sig for `lingjun verify --key`."""
    return send_signature(_package(parts, cause, (institution, course, number), package_format, lms))


@get("/index", sync_to_thread=True, opt={"sends": "application/json"})
def get_index(parts: NamedDependency[Parts]) -> Response[bytes]:
    """The signed index of everything that is handed out: for `lingjun verify --key … --index …`."""
    return Response(current_index(parts.database, _key(parts)), media_type="application/json")


@get("/key", sync_to_thread=True, opt={"sends": "application/x-pem-file"})
def get_key(parts: NamedDependency[Parts]) -> Response[bytes]:
    """The public key (PEM). Compare it once with what the Centre tells by another way."""
    return Response(public_pem(_key(parts).public.key), media_type="application/x-pem-file")


def _key(parts: Parts) -> SigningKey:
    if parts.packages.key is None:
        raise NotFoundError(_KEY)
    return parts.packages.key


def _package(
    parts: Parts, cause: Cause, where: tuple[str, str, int | None], package_format: Format, lms: str
) -> Package:
    """The package, built now unless it is there, for whoever may have it."""
    with parts.database.read() as session:
        version: Version = lists.version_by_number(session, cause.actor, *where)
        require(
            cause.actor,
            Action.DOWNLOAD_PACKAGE,
            Resource(version.course.institution.slug),
            see=Action.READ_PUBLISHED,
            what=PACKAGE,
        )
        if version.state not in HANDED_OUT:
            raise NotFoundError(PACKAGE)
    return parts.packages.ensure(PackageKey(version.id, package_format.value, lms), patience=PATIENCE)


def send_signature(package: Package) -> Response[bytes]:
    """The signed statement about a package. Raises NotFoundError where there is none."""
    if package.signature is None:
        raise NotFoundError(_KEY)
    headers = {"Content-Disposition": f'attachment; filename="{package.name}.sig"'}
    return Response(package.signature, media_type="application/json", headers=headers)


def send_package(
    request: AnyRequest, parts: Parts, package: Package
) -> Response[None] | Response[bytes] | Stream:
    """A package, or the part of it that is asked for."""

    def read(start: int, end: int) -> Iterator[bytes]:
        return parts.storage.stream(Kind.PACKAGE, package.sha256, start=start, end=end)

    digest = base64.b64encode(bytes.fromhex(package.sha256)).decode()
    more = {"Repr-Digest": f"sha-256=:{digest}:"}  # RFC 9530
    return send_archive(request, package.name, etag(package.sha256), package.size, read, more)


def shown_package(package: Package) -> ShownPackage:
    """A package in a list."""
    return ShownPackage(
        package.format,
        package.preset,
        package.name,
        package.size,
        package.sha256,
        package.signature is not None,
        package.built_at,
    )


HANDLERS = (
    list_packages,
    download_package,
    download_latest_package,
    get_signature,
    get_index,
    get_key,
)
