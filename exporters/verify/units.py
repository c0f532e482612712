"""What an LMS reads of a cmi5 or xAPI package: `cmi5.xml` or `tincan.xml`. Reads; judges nothing."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar

from exporters.verify.model import Kind
from exporters.verify.verdicts import COURSE_STRUCTURE, TINCAN
from schemas.package import Format

if TYPE_CHECKING:
    from lxml.etree import _Element

CMI5 = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
TIN_CAN = "http://projecttincan.com/tincan.xsd"

_ANY = r"[\s\S]*"
_PARTS = {"title": "words", "description": "words"}
_MOVE_ON = r"NotApplicable|Passed|Completed|CompletedAndPassed|CompletedOrPassed"

# cmi5 13.2, as CourseStructure.xsd has it. `masteryScore` and `lang` have rules of their own.
_CMI5_KINDS = {
    "courseStructure": Kind(
        "course, objectives?, au|block+, …*",
        {"course": "course", "objectives": "objectives", "au": "au", "block": "block"},
    ),
    "course": Kind("title, description, …*", _PARTS, required=("id",), attributes={"id": _ANY}),
    "objectives": Kind("objective+, …*", {"objective": "objective"}),
    "objective": Kind("title & description", _PARTS, required=("id",), attributes={"id": _ANY}, open=False),
    "block": Kind(
        "title, description, objectives?, au|block+, …*",
        {**_PARTS, "objectives": "references", "au": "au", "block": "block"},
        required=("id",),
        attributes={"id": _ANY},
    ),
    "au": Kind(
        "title, description, objectives?, url, launchParameters?, entitlementKey?, …*",
        {**_PARTS, "objectives": "references", "url": "url"},
        required=("id",),
        attributes={
            "id": _ANY,
            "moveOn": _MOVE_ON,
            "masteryScore": _ANY,
            "launchMethod": "AnyWindow|OwnWindow",
            "activityType": _ANY,
        },
    ),
    "references": Kind("objective+, …*", {"objective": "reference"}),
    "reference": Kind("", attributes={"idref": _ANY}, open=False),
    "words": Kind("langstring+, …*", {"langstring": "langstring"}),
    "langstring": Kind(None, attributes={"lang": _ANY}),
    "url": Kind(None, open=False, filled=True),
}
_WORDS = Kind(None, attributes={"lang": _ANY}, open=False)
# tincan.xsd; interactions and providers are not looked into.
_TIN_CAN_KINDS = {
    "tincan": Kind("activities+", {"activities": "activities"}, open=False),
    "activities": Kind("activity+, provider?", {"activity": "activity"}, open=False),
    "activity": Kind(
        "name+, description+, launch*, resource*, interactionType?, correctResponsePatterns?, choices?, scale?, source?, "
        "target?, steps?, extensions?",
        {"name": "words", "description": "words", "launch": "address", "resource": "address"},
        attributes={"id": _ANY, "type": _ANY},
        open=False,
    ),
    "words": _WORDS,
    "address": _WORDS._replace(filled=True),
}


class Described(ABC):
    """One of the two files, with its elements named by what they are to an LMS."""

    file: ClassVar[str]
    kind: ClassVar[Format]
    namespace: ClassVar[str]
    top: ClassVar[str]
    kinds: ClassVar[Mapping[str, Kind]]
    reserved: ClassVar[frozenset[str]]  # names that a launch adds to an address

    def __init__(self, root: "_Element") -> None:
        self.root = root

    def place(self, element: "_Element") -> str:
        """Entry and line of an element."""
        return f"{self.file}:{element.sourceline}"

    def all(self, *names: str) -> Iterator["_Element"]:
        """Every element of those names, in document order."""
        return self.root.iter(*(f"{{{self.namespace}}}{name}" for name in names))

    def below(self, element: "_Element", name: str) -> Iterator["_Element"]:
        """The element's children of that name."""
        return element.iterchildren(f"{{{self.namespace}}}{name}")

    @property
    @abstractmethod
    def identified(self) -> tuple["_Element", ...]:
        """Elements with an identifier of their own."""

    @abstractmethod
    def words(self) -> Iterator[tuple["_Element", tuple["_Element", ...]]]:
        """For each thing that is described, and each way of describing it: the same words in several languages."""

    @property
    @abstractmethod
    def launches(self) -> tuple[tuple["_Element", str], ...]:
        """Addresses to launch, and the elements that they stand in."""


class CourseStructure(Described):
    """`cmi5.xml` (cmi5 13)."""

    file = COURSE_STRUCTURE
    kind = Format.CMI5
    namespace = CMI5
    top = "courseStructure"
    kinds = _CMI5_KINDS
    reserved = frozenset({"endpoint", "fetch", "actor", "registration", "activityId"})

    @property
    def objectives(self) -> tuple["_Element", ...]:
        """Where objectives are defined, not referred to."""
        return tuple(
            o for group in self.below(self.root, "objectives") for o in self.below(group, "objective")
        )

    @property
    def identified(self) -> tuple["_Element", ...]:
        """Course, objectives, blocks and units."""
        return (*self.all("course"), *self.objectives, *self.all("block", "au"))

    def words(self) -> Iterator[tuple["_Element", tuple["_Element", ...]]]:
        """Titles and descriptions."""
        for element in self.identified:
            for name in ("title", "description"):
                for holder in self.below(element, name):
                    yield holder, tuple(self.below(holder, "langstring"))

    @property
    def launches(self) -> tuple[tuple["_Element", str], ...]:
        """The units' addresses."""
        return tuple(
            (url, (url.text or "").strip()) for au in self.all("au") for url in self.below(au, "url")
        )


class TinCan(Described):
    """`tincan.xml` (its schema, and Rustici's packaging note)."""

    file = TINCAN
    kind = Format.XAPI
    namespace = TIN_CAN
    top = "tincan"
    kinds = _TIN_CAN_KINDS
    reserved = frozenset({"endpoint", "auth", "actor", "registration", "activity_id"})

    @property
    def identified(self) -> tuple["_Element", ...]:
        """Activities."""
        return tuple(self.all("activity"))

    def words(self) -> Iterator[tuple["_Element", tuple["_Element", ...]]]:
        """Names and descriptions."""
        for element in self.identified:
            for name in ("name", "description"):
                found = tuple(self.below(element, name))
                if found:
                    yield found[0], found

    @property
    def launches(self) -> tuple[tuple["_Element", str], ...]:
        """The activities' launch addresses, one for each language that has its own."""
        found = ((one, (one.text or "").strip()) for a in self.identified for one in self.below(a, "launch"))
        return tuple(found)
