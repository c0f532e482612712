"""Why an upload is turned away, in the uploader's words: `code` is stable, like that of every diagnostic."""

from collections.abc import Mapping
from types import MappingProxyType

from exporters.verify import PackageError
from schemas.diagnostics import Diagnostic, Place, Rule, Severity
from schemas.errors import InputError
from schemas.text import Text


class UploadError(InputError):
    """The upload can't be taken. Its one diagnostic says why and what to do; `code` is that diagnostic's."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(
            Text("{m}{c}", "{m} {c}").format(m=diagnostic.message, c=diagnostic.cure), (diagnostic,)
        )
        self.code = diagnostic.code


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.code: rule
        for rule in (
            Rule(
                code="upload-too-large",
                severity=Severity.ERROR,
                message=Text("上传的文件超过 {limit}。", "The upload is over {limit}."),
                cure=Text(
                    "请压缩图片与视频，或把课程拆成几门。",
                    "Make pictures and videos smaller, or split the course.",
                ),
            ),
            Rule(
                code="upload-empty",
                severity=Severity.ERROR,
                message=Text("压缩包里没有课程文件。", "There is no course in the archive."),
                cure=Text(
                    "请把课程文件夹（含 course.md）打成 zip 后上传。",
                    "Pack the course folder, course.md included, as a zip file.",
                ),
            ),
            Rule(
                code="upload-name-too-long",
                severity=Severity.ERROR,
                message=Text("文件名过长：{name}…", "A name is too long: {name}…"),
                cure=Text(
                    "请把每个文件名和文件夹名缩短到 80 个汉字或 255 个字节以内。",
                    "Keep each name of a file or folder within 255 bytes.",
                ),
            ),
            Rule(
                code="upload-names-clash",
                severity=Severity.ERROR,
                message=Text("“{name}”与“{other}”重名。", "“{name}” has the same name as “{other}”."),
                cure=Text(
                    "请给其中一个改名；Windows 和 macOS 不区分大小写。",
                    "Rename one of them: Windows and macOS don't tell letter case apart.",
                ),
            ),
            Rule(
                code="upload-too-slow",
                severity=Severity.ERROR,
                message=Text(
                    "读取课程超过了 {seconds} 秒，已停止。",
                    "Reading the course took more than {seconds} seconds and was stopped.",
                ),
                cure=Text(
                    "请在本机运行 lingjun check，把过长或标记嵌套很深的文件拆开。",
                    "Run lingjun check on your machine, and split files that are very long or deeply nested.",
                ),
            ),
            Rule(
                code="upload-too-much-memory",
                severity=Severity.ERROR,
                message=Text(
                    "读取课程所需的内存超过 {limit}，已停止。",
                    "Reading the course took more than {limit} of memory and was stopped.",
                ),
                cure=Text(
                    "请拆分很长的文件，减少脚注、表格等展开后很大的内容。",
                    "Split very long files, and use fewer footnotes, tables and other things that grow when laid out.",
                ),
            ),
            Rule(
                code="upload-too-much-output",
                severity=Severity.ERROR,
                message=Text(
                    "课程排版后的内容超过 {limit}，已停止。",
                    "The course, laid out, is over {limit}; reading it was stopped.",
                ),
                cure=Text("请把课程拆成几门。", "Split the course."),
            ),
            Rule(
                code="upload-killed-parser",
                severity=Severity.ERROR,
                message=Text(
                    "读取课程的程序意外中止（{reason}）。其他课程不受影响。",
                    "The program that read the course ended abruptly ({reason}). Nothing else is affected.",
                ),
                cure=Text(
                    "请在本机运行 lingjun check，逐个去掉最近改动的文件，找出是哪一个；若仍不明白，请把压缩包交给管理员。",
                    "Run lingjun check on your machine and leave out the files you changed last, one by one, to find which; "
                    "else send the archive to your administrator.",
                ),
            ),
        )
    }
)


def refusal(code: str, **values: object) -> UploadError:
    """The error with that code."""
    return UploadError(RULES[code].at(Place("", 1), **values))


def from_gate(error: PackageError) -> UploadError:
    """The gate's finding about an archive, as an upload's: its code is the requirement's slug."""
    finding = error.finding
    diagnostic = Diagnostic(
        code=finding.requirement,
        severity=Severity.ERROR,
        place=Place(finding.where),
        message=finding.message,
        cure=finding.cure,
    )
    return UploadError(diagnostic)


def readable_size(size: int) -> str:
    """Bytes as people say it: `2 GiB`, `512 MiB`."""
    for unit, step in (("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)):
        if size >= step:
            return f"{size / step:.3g} {unit}"
    return f"{size} B"
