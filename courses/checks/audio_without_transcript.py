"""A recording without a text to read."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="audio-without-transcript",
    severity=Severity.WARNING,
    message=Text(
        "音频“{target}”没有文字稿。",
        "The recording “{target}” has no transcript.",
    ),
    cure=Text(
        "在它旁边放一个 WebVTT 字幕文件：{captions}，文字稿由它生成。",
        "Put a WebVTT file beside it: {captions}; the transcript is made from it.",
    ),
)
