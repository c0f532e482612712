"""A video without captions beside it."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="video-without-captions",
    severity=Severity.WARNING,
    message=Text(
        "视频“{target}”没有字幕。",
        "The video “{target}” has no captions.",
    ),
    cure=Text(
        "在它旁边放一个 WebVTT 字幕文件：{captions}",
        "Put a WebVTT file beside it: {captions}",
    ),
)
