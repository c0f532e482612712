"""Rules about `cmi5.xml` alone."""

import re
from collections.abc import Iterator

from exporters.verify.manifest import XSI
from exporters.verify.package import Package
from exporters.verify.rules.units import form_faults
from exporters.verify.units import CMI5
from exporters.verify.verdicts import COURSE_STRUCTURE, Trouble, trouble
from schemas.text import Text

_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.(?P<places>\d*))?|\.(?P<bare>\d+))")
_PLACES = 4
_NO_NUMBER = Text("不是小数", "is no decimal")
_RANGE = Text("不在 0 与 1 之间", "is not from 0 to 1")
_TOO_FINE = Text("多于四位小数", "has more than four decimals")
_NOT_ASKED = Text(
    "有 masteryScore，moveOn 却是 {move_on}，通过与否不影响进度",
    "has a masteryScore, but its moveOn is {move_on}: passing it changes nothing",
)
_ALL_FREE = Text(
    "所有单元的 moveOn 都是 NotApplicable，课程一启动就算达成",
    "moveOn is NotApplicable everywhere: the course is satisfied unseen",
)


def course_structure(package: Package) -> Iterator[Trouble]:
    """Elements and attributes as CourseStructure.xsd has them."""
    return form_faults(package)


def objective_idrefs(package: Package) -> Iterator[Trouble]:
    """Units and blocks refer to objectives that are defined."""
    structure = package.structure
    known = {objective.get("id", "").strip() for objective in structure.objectives}
    for parent in structure.all("au", "block"):
        for group in structure.below(parent, "objectives"):
            for reference in structure.below(group, "objective"):
                idref = reference.get("idref", "").strip()
                if idref not in known:
                    yield trouble(structure.place(reference), idref=idref)


def unit_mastery(package: Package) -> Iterator[Trouble]:
    """`masteryScore` is a decimal from 0 to 1 with at most four places."""
    for unit in package.structure.all("au"):
        value = unit.get("masteryScore")
        if value is None:
            continue
        found = _DECIMAL.fullmatch(value.strip())
        if not found:
            yield trouble(package.structure.place(unit), value=value, why=_NO_NUMBER)
        elif not 0 <= float(value) <= 1:
            yield trouble(package.structure.place(unit), value=value, why=_RANGE)
        elif len((found["places"] or found["bare"] or "").rstrip("0")) > _PLACES:
            yield trouble(package.structure.place(unit), value=value, why=_TOO_FINE)


def move_on_sense(package: Package) -> Iterator[Trouble]:
    """A score is asked for where there is one to reach, and something is asked for somewhere."""
    units = tuple(package.structure.all("au"))
    rules = [unit.get("moveOn", "NotApplicable") for unit in units]
    if units and set(rules) == {"NotApplicable"}:
        yield trouble(COURSE_STRUCTURE, why=_ALL_FREE)
        return
    for unit, move_on in zip(units, rules, strict=True):
        if unit.get("masteryScore") is not None and move_on in ("NotApplicable", "Completed"):
            yield trouble(package.structure.place(unit), why=_NOT_ASKED.format(move_on=move_on))


def vendor_schemas(package: Package) -> Iterator[Trouble]:
    """Elements of other namespaces come with the schema that defines them."""
    structure = package.structure
    located = {
        word
        for element in structure.root.iter("*")
        for word in element.get(f"{{{XSI}}}schemaLocation", "").split()[::2]
    }
    seen = {CMI5} | located
    for element in structure.root.iter("*"):
        namespace = element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""
        if namespace and namespace not in seen:
            seen.add(namespace)
            yield trouble(structure.place(element), namespace=namespace)
