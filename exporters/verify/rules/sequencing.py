"""Rules about SCORM 2004 sequencing, objectives apart."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from exporters.verify.manifest import ADLNAV, Item, place, text_of
from exporters.verify.package import Package
from exporters.verify.rules.activities import SS, Sequencing, is_true, sequencings
from exporters.verify.verdicts import Trouble, trouble
from schemas.package import Format
from schemas.text import Text

if TYPE_CHECKING:
    from lxml.etree import _Element

_SHARE = re.compile(r"(?:0(?:\.\d*)?|\.\d+|1(?:\.0*)?)")
_NOT_A_SHARE = Text("应是 0–1 的数，实为“{found}”", "must be a number from 0 to 1, not '{found}'")
_HAS_ATTRIBUTES = Text("带有第 4 版的属性", "has attributes of the 4th edition")
_TEXT_ONLY = Text(
    "只有第 3 版的数值，第 4 版不读", "is only the 3rd edition's number, which the 4th doesn't read"
)
_NO_COUNT = Text("使用 atLeastCount 却没有 minimumCount", "says atLeastCount without a minimumCount")
_BIG_COUNT = Text("要求的数目多于下级条目", "asks for more children than there are")
_NO_PERCENT = Text(
    "使用 atLeastPercent 却没有 minimumPercent", "says atLeastPercent without a minimumPercent"
)
_ON_LEAF = Text("写在末级条目上，不起作用", "stands on a leaf, where it has no effect")
_WEIGHTLESS = Text("按分数判定，但下级条目的权重全部是 0", "goes by measure, but all children weigh nothing")


def control_mode(package: Package) -> Iterator[Trouble]:
    """Each cluster can be entered."""
    for cluster in _clusters(package):
        control = cluster.find("controlMode")
        if not is_true(control, "choice", default=True) and not is_true(control, "flow"):
            yield trouble(cluster.where, identifier=cluster.item.identifier)


def control_flow(package: Package) -> Iterator[Trouble]:
    """And entered by flow, which is off by default."""
    for cluster in _clusters(package):
        control = cluster.find("controlMode")
        if not is_true(control, "flow") and is_true(control, "choice", default=True):
            yield trouble(cluster.where, identifier=cluster.item.identifier)


def delivery_controls(package: Package) -> Iterator[Trouble]:
    """A SCO's status is its own to set."""
    scos = {r.identifier for r in package.manifest.resources if r.scorm_type == "sco"}
    for leaf in sequencings(package.manifest):
        if leaf.item.ref not in scos:
            continue
        controls = leaf.find("deliveryControls")
        for attribute in ("completionSetByContent", "objectiveSetByContent"):
            if not is_true(controls, attribute):
                yield trouble(leaf.where, identifier=leaf.item.identifier, attribute=attribute)
                break


def completion_threshold(package: Package) -> Iterator[Trouble]:
    """Text in the 3rd edition, attributes in the 4th. (Text beside the 4th's attributes helps Moodle.)"""
    manifest = package.manifest
    judge = _threshold_4 if package.kind is Format.SCORM2004_4 else _threshold_3
    for item in manifest.items:
        for element in item.element.iterchildren(f"{manifest.adlcp}completionThreshold"):
            for why in judge(element):
                yield trouble(place(element), identifier=item.identifier, why=why)


def _threshold_3(element: "_Element") -> Iterator[Text]:
    if element.attrib:
        yield _HAS_ATTRIBUTES
    elif not _SHARE.fullmatch(text_of(element)):
        yield _NOT_A_SHARE.format(found=text_of(element))


def _threshold_4(element: "_Element") -> Iterator[Text]:
    for attribute in ("minProgressMeasure", "progressWeight"):
        found = element.get(attribute)
        if found is not None and not _SHARE.fullmatch(found.strip()):
            yield _NOT_A_SHARE.format(found=found)
    if text_of(element) and not element.attrib:
        yield _TEXT_ONLY


def leaf_extensions(package: Package) -> Iterator[Trouble]:
    """Elements that only leaf items may carry."""
    manifest = package.manifest
    names = {f"{manifest.adlcp}{n}": f"adlcp:{n}" for n in ("timeLimitAction", "dataFromLMS", "data")}
    names[f"{manifest.adlcp}completionThreshold"] = "adlcp:completionThreshold"
    names[f"{{{ADLNAV}}}presentation"] = "adlnav:presentation"
    if package.kind is Format.SCORM2004_4:  # the 4th edition allows the threshold on any activity
        del names[f"{manifest.adlcp}completionThreshold"]
    for activity in manifest.activities:
        if activity.ref:
            continue
        for element in activity.element.iterchildren(*names):
            yield trouble(place(element), element=names[element.tag], identifier=activity.identifier)


def sequencing_references(package: Package) -> Iterator[Trouble]:
    """IDRef resolves."""
    known = {e.get("ID") for e in package.manifest.root.iter(f"{SS}sequencing")}
    for sequencing in sequencings(package.manifest):
        if sequencing.ref is not None and sequencing.ref not in known:
            yield trouble(sequencing.where, identifier=sequencing.ref)


def sequencing_collection(package: Package) -> Iterator[Trouble]:
    """Not every LMS reads it."""
    for element in package.manifest.root.iterchildren(f"{SS}sequencingCollection"):
        yield trouble(place(element))


def rollup_sense(package: Package) -> Iterator[Trouble]:
    """Rules that can fire."""
    weights = {id(s.item): _weight(s) for s in sequencings(package.manifest)}
    for sequencing in sequencings(package.manifest):
        item = sequencing.item
        for why in _judge_rollup(sequencing, item, [weights[id(child)] for child in item.children]):
            yield trouble(sequencing.where, identifier=item.identifier, why=why)


def _judge_rollup(sequencing: Sequencing, item: Item, weights: list[float]) -> Iterator[Text]:
    rules = sequencing.find("rollupRules")
    for rule in rules.iterchildren(f"{SS}rollupRule") if rules is not None else ():
        wanted = rule.get("childActivitySet", "all")
        count = rule.get("minimumCount", "0").strip()
        if not item.children:
            yield _ON_LEAF
        elif wanted == "atLeastCount" and count in ("", "0"):
            yield _NO_COUNT
        elif wanted == "atLeastCount" and count.isdecimal() and int(count[:9]) > len(item.children):
            yield _BIG_COUNT
        elif wanted == "atLeastPercent" and "minimumPercent" not in rule.attrib:
            yield _NO_PERCENT
    by_measure = any(is_true(o.element, "satisfiedByMeasure") for o in sequencing.objectives[:1])
    if by_measure and weights and not any(weights):
        yield _WEIGHTLESS


def limit_conditions(package: Package) -> Iterator[Trouble]:
    """The two that SCORM evaluates."""
    for sequencing in sequencings(package.manifest):
        limits = sequencing.find("limitConditions")
        if limits is None:
            continue
        for attribute in limits.attrib:
            if attribute not in ("attemptLimit", "attemptAbsoluteDurationLimit"):
                yield trouble(place(limits), identifier=sequencing.item.identifier, attribute=attribute)


def _clusters(package: Package) -> Iterator[Sequencing]:
    return (s for s in sequencings(package.manifest) if s.item.children)


def _weight(sequencing: Sequencing) -> float:
    rules = sequencing.find("rollupRules")
    found = rules.get("objectiveMeasureWeight", "1") if rules is not None else "1"
    return float(found) if re.fullmatch(r"\s*\d{0,9}(?:\.\d{0,9})?\s*", found) and found.strip(" .") else 1.0
