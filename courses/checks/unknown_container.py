"""A container whose name nobody knows."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="unknown-container",
    severity=Severity.ERROR,
    message=Text(
        "没有名为“{name}”的容器。",
        "There is no container called “{name}”.",
    ),
    cure=Text(
        "改用“{nearest}”；可用的容器有：{known}",
        "Use “{nearest}”; the containers are: {known}",
    ),
)
