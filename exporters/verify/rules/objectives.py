"""Rules about SCORM 2004 objectives: local identifiers, global maps, measures."""

import re
from collections import Counter
from collections.abc import Iterator

from exporters.verify.manifest import ADLSEQ, place, text_of
from exporters.verify.package import Package
from exporters.verify.rules.activities import SS, Sequencing, is_true, sequencings
from exporters.verify.verdicts import Trouble, trouble
from schemas.text import Text

_MEASURE = re.compile(r"[+-]?(?:0?\.\d+|0(?:\.\d*)?|1(?:\.0*)?)")
_WRITES = ("writeSatisfiedStatus", "writeNormalizedMeasure")
_READS = ("readSatisfiedStatus", "readNormalizedMeasure")
_TWICE = Text("“{objective}”定义了两次", "'{objective}' is defined twice")
_NAMELESS = Text("有 mapInfo 却没有 objectiveID", "has a mapInfo and no objectiveID")
_NO_MEASURE = Text(
    "写了 satisfiedByMeasure，没有 minNormalizedMeasure：要得满分才算通过",
    "says satisfiedByMeasure without minNormalizedMeasure: only a full score passes",
)
_NOT_BY_MEASURE = Text(
    '写了 minNormalizedMeasure，没有 satisfiedByMeasure="true"：及格标准不起作用',
    'has a minNormalizedMeasure without satisfiedByMeasure="true": it has no effect',
)


def objective_identifiers(package: Package) -> Iterator[Trouble]:
    """Unique within the activity; present where mapped."""
    for activity in sequencings(package.manifest):
        counts = Counter(o.identifier for o in activity.objectives if o.identifier)
        whys = [_TWICE.format(objective=name) for name, count in counts.items() if count > 1]
        whys += [_NAMELESS for o in activity.objectives if o.maps and not o.identifier]
        for why in whys:
            yield trouble(activity.where, identifier=activity.item.identifier, why=why)


def objective_references(package: Package) -> Iterator[Trouble]:
    """Rules and ADL's objective extension name objectives of the same activity."""
    for activity in sequencings(package.manifest):
        known = {o.identifier for o in activity.objectives}
        named = [(c, c.get("referencedObjective")) for c in activity.conditions]
        extension = activity.item.element.find(f"{SS}sequencing/{{{ADLSEQ}}}objectives")
        if extension is not None:
            named += [(o, o.get("objectiveID")) for o in extension.iterchildren(f"{{{ADLSEQ}}}objective")]
        for element, name in named:
            if name is not None and name not in known:
                yield trouble(place(element), identifier=activity.item.identifier, objective=name)


def objective_writers(package: Package) -> Iterator[Trouble]:
    """Within one activity. (Several activities may write one global objective in turn: a test before and one after.)"""
    for activity in sequencings(package.manifest):
        maps = [(objective, m) for objective in activity.objectives for m in objective.maps]
        writers = Counter(
            (m.get("targetObjectiveID", ""), f) for _, m in maps for f in _WRITES if is_true(m, f)
        )
        readers = Counter((o.identifier, f) for o, m in maps for f in _READS if is_true(m, f, default=True))
        for (target, field), count in (*writers.items(), *readers.items()):
            if count > 1:
                yield trouble(activity.where, identifier=activity.item.identifier, target=target, field=field)


def objective_sources(package: Package) -> Iterator[Trouble]:
    """A rule's objective that is mapped to a global one gets its state from a writer somewhere. Objectives shared with
    the whole system may be written by another course."""
    activities = sequencings(package.manifest)
    if _shared_with_system(package):
        return
    written = {
        m.get("targetObjectiveID")
        for activity in activities
        for objective in activity.objectives
        for m in objective.maps
        if any(is_true(m, field) for field in _WRITES)
    }
    for activity in activities:
        asked = {c.get("referencedObjective") for c in activity.conditions}
        for target in _read_targets(activity, asked):
            if target not in written:
                yield trouble(activity.where, identifier=activity.item.identifier, target=target)


def global_objectives(package: Package) -> Iterator[Trouble]:
    """The default shares them with every course of the LMS."""
    if _shared_with_system(package) and any(
        o.maps for a in sequencings(package.manifest) for o in a.objectives
    ):
        yield trouble(package.manifest.organizations[0].where if package.manifest.organizations else "")


def measure_range(package: Package) -> Iterator[Trouble]:
    """−1 to 1."""
    for element in package.manifest.root.iter(f"{SS}minNormalizedMeasure"):
        if not _MEASURE.fullmatch(text_of(element)):
            yield trouble(place(element), element="minNormalizedMeasure", found=text_of(element))
    for element in package.manifest.root.iter(f"{SS}ruleCondition"):
        found = element.get("measureThreshold")
        if found is not None and not _MEASURE.fullmatch(found.strip()):
            yield trouble(place(element), element="measureThreshold", found=found)


def mastery_sense(package: Package) -> Iterator[Trouble]:
    """Flag and measure come together."""
    for activity in sequencings(package.manifest):
        for objective in activity.objectives:
            by_measure = is_true(objective.element, "satisfiedByMeasure")
            measure = objective.element.find(f"{SS}minNormalizedMeasure")
            if by_measure != (measure is not None):
                why = _NO_MEASURE if by_measure else _NOT_BY_MEASURE
                yield trouble(place(objective.element), identifier=activity.item.identifier, why=why)


def _shared_with_system(package: Package) -> bool:
    attribute = f"{{{ADLSEQ}}}objectivesGlobalToSystem"
    return any(is_true(o.element, attribute, default=True) for o in package.manifest.organizations)


def _read_targets(activity: Sequencing, asked: set[str | None]) -> Iterator[str]:
    for objective in activity.objectives:
        if objective.identifier in asked:
            for m in objective.maps:
                if any(is_true(m, field, default=True) for field in _READS):
                    yield m.get("targetObjectiveID", "")
