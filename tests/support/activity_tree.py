"""A manifest's organization as scorm-again wants it: scorm-again runs sequencing but reads no manifest."""

from typing import Any

from lxml import etree


def activity_tree(manifest: bytes) -> dict[str, Any]:
    """The activity tree of the one organization, read from the XML alone (names as in scorm-again's ActivitySettings)."""
    root = etree.fromstring(manifest)
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    [organization] = root.findall("organizations/organization")
    return _activity(organization)


def _activity(element: etree._Element) -> dict[str, Any]:
    activity: dict[str, Any] = {"id": element.attrib["identifier"], "title": element.findtext("title")}
    children = [_activity(item) for item in element.findall("item")]
    if children:
        activity["children"] = children
    threshold = element.find("completionThreshold")
    if threshold is not None and threshold.attrib:
        activity["completionThreshold"] = {
            "completedByMeasure": threshold.attrib["completedByMeasure"] == "true",
            "minProgressMeasure": float(threshold.attrib["minProgressMeasure"]),
        }
    sequencing = element.find("sequencing")
    assert sequencing is not None
    return activity | _sequencing(sequencing)


def _sequencing(element: etree._Element) -> dict[str, Any]:
    controls: dict[str, Any] = _values(element.find("controlMode"))
    rollup = element.find("rollupRules")
    rules = []
    if rollup is not None:
        controls["objectiveMeasureWeight"] = float(rollup.attrib.get("objectiveMeasureWeight", "1"))
        rules = [_rollup(rule) for rule in rollup.findall("rollupRule")]
    settings: dict[str, Any] = {
        "sequencingControls": controls,
        "deliveryControls": _values(element.find("deliveryControls")),
        "rollupRules": {"rules": rules},
        "sequencingRules": {
            "preConditionRules": [_rule(rule) for rule in element.findall("sequencingRules/preConditionRule")]
        },
    }
    primary = element.find("objectives/primaryObjective")
    if primary is not None:
        settings["primaryObjective"] = _objective(primary) | {"isPrimary": True}
        settings["objectives"] = [_objective(one) for one in element.findall("objectives/objective")]
    return settings


def _objective(element: etree._Element) -> dict[str, Any]:
    measure = element.findtext("minNormalizedMeasure")
    return {
        "objectiveID": element.attrib.get("objectiveID", "primary"),
        "satisfiedByMeasure": element.attrib.get("satisfiedByMeasure") == "true",
        "minNormalizedMeasure": float(measure) if measure else None,
        "mapInfo": [_values(one) for one in element.findall("mapInfo")],
    }


def _rule(element: etree._Element) -> dict[str, Any]:
    conditions = element.find("ruleConditions")
    action = element.find("ruleAction")
    assert conditions is not None
    assert action is not None
    return {
        "action": action.attrib["action"],
        "conditionCombination": conditions.attrib["conditionCombination"],
        "conditions": [
            {
                "condition": one.attrib["condition"],
                "operator": one.attrib.get("operator", "noOp"),
                "referencedObjective": one.attrib["referencedObjective"],
            }
            for one in conditions
        ],
    }


def _rollup(element: etree._Element) -> dict[str, Any]:
    [condition] = element.findall("rollupConditions/rollupCondition")
    action = element.find("rollupAction")
    assert action is not None
    return {
        "action": action.attrib["action"],
        "consideration": element.attrib["childActivitySet"],
        "minimumPercent": float(element.attrib["minimumPercent"]) * 100,
        "conditions": [{"condition": condition.attrib["condition"]}],
    }


def _values(element: etree._Element | None) -> dict[str, Any]:
    """Attributes, the booleans among them as such."""
    words = {"true": True, "false": False}
    return (
        {} if element is None else {name: words.get(value, value) for name, value in element.attrib.items()}
    )
