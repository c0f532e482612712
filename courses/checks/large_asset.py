"""A file so large that learners on a phone will wait, or an LMS refuses the upload."""

from collections.abc import Iterator

from courses.manuscript import Manuscript
from schemas.diagnostics import Diagnostic, Place, Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="large-asset",
    severity=Severity.WARNING,
    message=Text(
        "文件有 {size} MB，{kind}建议不超过 {limit} MB；太大的文件打开慢，有的平台也不接受上传。",
        "The file has {size} MB; {kind} should stay under {limit} MB. Larger files open slowly, and some "
        "LMSs refuse them.",
    ),
    cure=Text(
        "压缩它：图片缩到 1600 像素宽以内，视频用 H.264、720p。",
        "Make it smaller: pictures at most 1600 pixels wide, video as H.264 at 720p.",
    ),
)


_MB = 1024 * 1024
_PICTURE = (Text("图片", "a picture"), 2)
_MEDIA = (Text("音视频", "video or audio"), 200)
_OTHER = (Text("附件", "an attachment"), 50)


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Each file that the course uses, measured by its kind."""
    for asset in manuscript.course.assets:
        family = asset.media_type.partition("/")[0]
        kind, limit = {"image": _PICTURE, "video": _MEDIA, "audio": _MEDIA}.get(family, _OTHER)
        if asset.size > limit * _MB:
            yield RULE.at(Place(asset.source), size=f"{asset.size / _MB:.1f}", kind=kind, limit=limit)
