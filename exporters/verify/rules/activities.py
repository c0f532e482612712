"""SCORM 2004 sequencing as the rules read it: an activity's own elements, with what its IDRef brings."""

from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from exporters.verify.manifest import IMSSS, Item, Manifest, place

if TYPE_CHECKING:
    from lxml.etree import _Element

SS = f"{{{IMSSS}}}"


class Objective(NamedTuple):
    """An objective of an activity."""

    element: "_Element"
    identifier: str
    maps: tuple["_Element", ...]


def is_true(element: "_Element | None", attribute: str, default: bool = False) -> bool:  # noqa: FBT001, FBT002
    """An xs:boolean attribute."""
    found = element.get(attribute) if element is not None else None
    return default if found is None else found.strip() in ("true", "1")


def collection(manifest: Manifest) -> dict[str, "_Element"]:
    """The sequencing elements that can be referred to."""
    shared = manifest.root.iterfind(f"{SS}sequencingCollection/{SS}sequencing")
    return {element.get("ID", ""): element for element in shared}


class Sequencing:
    """The sequencing of one activity. Its own elements win over those it refers to (CAM 5.1.1)."""

    def __init__(self, item: Item, shared: dict[str, "_Element"]) -> None:
        self.item = item
        own = item.element.find(f"{SS}sequencing")
        self.ref = own.get("IDRef") if own is not None else None
        referred = shared.get(self.ref) if self.ref else None
        self._sources = [element for element in (own, referred) if element is not None]

    @property
    def where(self) -> str:
        """Its place in the manifest."""
        return place(self._sources[0]) if self._sources else self.item.where

    def find(self, name: str) -> "_Element | None":
        """A child element by its IMS SS name."""
        found = (source.find(SS + name) for source in self._sources)
        return next((element for element in found if element is not None), None)

    @cached_property
    def objectives(self) -> tuple[Objective, ...]:
        """Primary objective and objectives."""
        group = self.find("objectives")
        if group is None:
            return ()
        return tuple(
            Objective(e, e.get("objectiveID", ""), tuple(e.iterchildren(f"{SS}mapInfo")))
            for e in group.iterchildren(f"{SS}primaryObjective", f"{SS}objective")
        )

    @property
    def conditions(self) -> Iterator["_Element"]:
        """The conditions of its sequencing rules."""
        rules = self.find("sequencingRules")
        if rules is not None:
            yield from rules.iter(f"{SS}ruleCondition")


@lru_cache(maxsize=1)  # a dozen rules ask, one package after the other
def sequencings(manifest: Manifest) -> tuple[Sequencing, ...]:
    """Those of every organization and item."""
    shared = collection(manifest)
    return tuple(Sequencing(activity, shared) for activity in manifest.activities)
