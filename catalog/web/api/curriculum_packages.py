"""Packages of curricula: all courses in one, or a set of their own packages (`collected`); built, sent and signed as a
course's are."""

from litestar import Response, get, route
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Stream
from sqlalchemy import select

from catalog.database.models import Package
from catalog.domain.errors import NotFoundError
from catalog.domain.roles import Action, Resource, require
from catalog.domain.states import HANDED_OUT
from catalog.packages.claims import PackageKey, Shape
from catalog.services.events import Cause
from catalog.services.shelves import CURRICULA
from catalog.web.api.packages import (
    DOWNLOAD,
    PACKAGE,
    PATIENCE,
    Lms,
    ShownPackage,
    send_package,
    send_signature,
    shown_package,
)
from catalog.web.language import AnyRequest
from catalog.web.parts import Parts
from schemas.package import Format

_VERSION = "/curricula/{institution:str}/{curriculum:str}/versions/{number:int}/packages"
_LATEST = "/curricula/{institution:str}/{curriculum:str}/latest/packages"


class ShownCurriculumPackage(ShownPackage, frozen=True, kw_only=True):
    """A package of a curriculum; `collected`: the set of its courses' own packages."""

    collected: bool


@get(_VERSION, sync_to_thread=True)
def list_curriculum_packages(
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    institution: FromPath[str],
    curriculum: FromPath[str],
    number: FromPath[int],
) -> list[ShownCurriculumPackage]:
    """The packages of a version that are built already; every other is built when it is asked for."""
    with parts.database.read() as session:
        version = CURRICULA.version_by_number(session, cause.actor, institution, curriculum, number)
        rows = (
            select(Package)
            .where(Package.curriculum_version_id == version.id)
            .order_by(Package.shape, Package.format, Package.preset)
        )
        return [_shown(package) for package in session.scalars(rows)]


@route(_VERSION + "/{package_format:str}", http_method=["GET", "HEAD"], sync_to_thread=True, opt=DOWNLOAD)
def download_curriculum_package(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    institution: FromPath[str],
    curriculum: FromPath[str],
    number: FromPath[int],
    package_format: FromPath[Format],
    lms: FromQuery[Lms] = "generic",
    collected: FromQuery[bool] = False,  # noqa: FBT002 (a query parameter)
) -> Response[None] | Response[bytes] | Stream:
    """A package, whole or in part."""
    where = (institution, curriculum, number)
    return send_package(request, parts, _package(parts, cause, where, package_format, lms, collected))


@route(_LATEST + "/{package_format:str}", http_method=["GET", "HEAD"], sync_to_thread=True, opt=DOWNLOAD)
def download_latest_curriculum_package(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    institution: FromPath[str],
    curriculum: FromPath[str],
    package_format: FromPath[Format],
    lms: FromQuery[Lms] = "generic",
    collected: FromQuery[bool] = False,  # noqa: FBT002 (a query parameter)
) -> Response[None] | Response[bytes] | Stream:
    """The package of the version that is published now."""
    where = (institution, curriculum, None)
    return send_package(request, parts, _package(parts, cause, where, package_format, lms, collected))


@get(_VERSION + "/{package_format:str}/signature", sync_to_thread=True, opt={"sends": "application/json"})
def get_curriculum_signature(
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    institution: FromPath[str],
    curriculum: FromPath[str],
    number: FromPath[int],
    package_format: FromPath[Format],
    lms: FromQuery[Lms] = "generic",
    collected: FromQuery[bool] = False,  # noqa: FBT002 (a query parameter)
) -> Response[bytes]:
    """The signed statement about a package: keep it beside the package as NAME.zip.sig for `lingjun verify --key`."""
    where = (institution, curriculum, number)
    return send_signature(_package(parts, cause, where, package_format, lms, collected))


def _package(
    parts: Parts,
    cause: Cause,
    where: tuple[str, str, int | None],
    package_format: Format,
    lms: str,
    collected: bool,  # noqa: FBT001
) -> Package:
    """The package, built now unless it is there, for whoever may have it."""
    with parts.database.read() as session:
        version = CURRICULA.version_by_number(session, cause.actor, *where)
        require(
            cause.actor,
            Action.DOWNLOAD_PACKAGE,
            Resource(where[0]),
            see=Action.READ_PUBLISHED,
            what=PACKAGE,
        )
        if version.state not in HANDED_OUT:
            raise NotFoundError(PACKAGE)
    shape = Shape.SET if collected else Shape.CURRICULUM
    return parts.packages.ensure(PackageKey(version.id, package_format.value, lms, shape), patience=PATIENCE)


def _shown(package: Package) -> ShownCurriculumPackage:
    known = shown_package(package)
    fields = {name: getattr(known, name) for name in known.__struct_fields__}
    return ShownCurriculumPackage(**fields, collected=package.shape == Shape.SET)


HANDLERS = (
    list_curriculum_packages,
    download_curriculum_package,
    download_latest_curriculum_package,
    get_curriculum_signature,
)
