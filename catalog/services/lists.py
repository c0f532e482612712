"""Courses and versions by their addresses, and the lists that people work from."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.database.models import Institution
from catalog.services.shelves import COURSES

versions_of = COURSES.versions_of
version_by_number = COURSES.version_by_number
open_version = COURSES.open_version
in_state = COURSES.in_state


def institutions(session: Session) -> list[Institution]:
    """Every institution, by slug."""
    return list(session.scalars(select(Institution).order_by(Institution.slug)))
