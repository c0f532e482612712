"""Who sees what: the one place that decides whose contact data an output may hold."""

from enum import StrEnum

from schemas.text import Text
from schemas.visits import Cohort, Contact, Enterprise


class Audience(StrEnum):
    """Whom an output is for; the name of its folder."""

    PUBLIC = "public"
    CENTRE = "centre"
    INSTITUTIONS = "institutions"
    INSTRUCTORS = "instructors"
    CLASSES = "classes"
    HOSTS = "hosts"


NAMES = {
    Audience.PUBLIC: Text("公开", "everybody"),
    Audience.CENTRE: Text("中心（总表）", "the Centre (master plan)"),
    Audience.INSTITUTIONS: Text("培训承担机构", "an institution"),
    Audience.INSTRUCTORS: Text("教师", "an instructor"),
    Audience.CLASSES: Text("班次", "a class"),
    Audience.HOSTS: Text("接待企业", "a host"),
}

# Contact data goes to the two who have to find each other on the day, and to nobody else.
SEES_HOST = frozenset({Audience.CLASSES, Audience.INSTRUCTORS, Audience.HOSTS})
SEES_INSTRUCTOR = frozenset({Audience.CLASSES, Audience.INSTRUCTORS, Audience.HOSTS})

_NOBODY = Contact()


def host_contact(enterprise: Enterprise, audience: Audience) -> Contact:
    """Whom to call at the enterprise; empty for those who needn't know."""
    return enterprise.contact if audience in SEES_HOST else _NOBODY


def instructor(cohort: Cohort, audience: Audience) -> Contact:
    """Who comes with the class; empty for those who needn't know."""
    return cohort.instructor if audience in SEES_INSTRUCTOR else _NOBODY


def contact_line(contact: Contact) -> str:
    """Name, telephone and address of mail in one line; empty where nothing is known."""
    return " ".join(filter(None, (contact.name, contact.phone, contact.email)))
