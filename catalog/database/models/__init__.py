"""The tables, a story each file."""

from catalog.database.base import Base
from catalog.database.models.courses import Comment, Course, Version, VersionFile, VersionTheme
from catalog.database.models.curricula import Curriculum, CurriculumCourse, CurriculumVersion
from catalog.database.models.journal import Event, IdempotencyKey
from catalog.database.models.packages import Package, PackageBuild, PackageIndex
from catalog.database.models.people import (
    Grant,
    Institution,
    LoginAttempt,
    Participation,
    Person,
    Token,
)
from catalog.database.models.search import SearchFacet, SearchRow
from catalog.database.models.webhooks import Webhook, WebhookAttempt, WebhookMessage

__all__ = [
    "Base",
    "Comment",
    "Course",
    "Curriculum",
    "CurriculumCourse",
    "CurriculumVersion",
    "Event",
    "Grant",
    "IdempotencyKey",
    "Institution",
    "LoginAttempt",
    "Package",
    "PackageBuild",
    "PackageIndex",
    "Participation",
    "Person",
    "SearchFacet",
    "SearchRow",
    "Token",
    "Version",
    "VersionFile",
    "VersionTheme",
    "Webhook",
    "WebhookAttempt",
    "WebhookMessage",
]
