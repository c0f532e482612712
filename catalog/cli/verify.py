"""`lingjun verify`: is this package sound, and what to do if it isn't."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from schemas.text import Language, Text

if TYPE_CHECKING:
    from exporters.verify import Verification
    from schemas.package import Finding

HELP = Text(
    "检查课程包（SCORM 1.2、2004 第 3/4 版、cmi5、xAPI 或网页），不论由哪种工具制作；也检查整套课程包",
    "judge packages (SCORM 1.2, 2004 3rd and 4th edition, cmi5, xAPI, web pages), whichever tool made them, and whole sets",
)

_FILES = Text("课程包（.zip）", "packages (.zip)")
_ALL = Text("列出全部要求，包括已满足的", "list every requirement, those that are met as well")
_KEY = Text(
    "目录的公钥文件（PEM）：另验证签名（课程包旁的 .zip.sig）",
    "the catalogue's public key (PEM): verify the signatures, too (.zip.sig beside each package)",
)
_INDEX = Text(
    "签名的索引：另查课程包是否现行、是否成套（需要 --key）",
    "a signed index: are the packages current, and do they fit together (needs --key)",
)
_NEEDS_KEY = Text("--index 需要与 --key 一起使用。", "--index needs --key.")
_NO_INDEX = Text("无法读取索引 {file}：{reason}", "The index {file} can't be read: {reason}")
_JSON = Text("以 JSON 输出", "print JSON")
_KIND = {
    "scorm12": "SCORM 1.2",
    "scorm2004-3": "SCORM 2004 3rd Edition",
    "scorm2004-4": "SCORM 2004 4th Edition",
    "cmi5": "cmi5",
    "xapi": "xAPI (Tin Can)",
    "html": "HTML",
}
_SET = Text("整套课程包，{n} 个", "a set of {n} packages")
_UNKNOWN = Text("无法识别的文件", "not a package that can be read")
_SOUND = Text("合格", "sound")
_UNSOUND = Text("不合格", "not sound")
_WARNED = Text("合格，但有提醒", "sound, with warnings")
_COUNT = Text(
    "通过 {passed} 项，提醒 {warned} 项，不合格 {failed} 项",
    "{passed} requirements met, {warned} with warnings, {failed} not met",
)
_UNJUDGED = Text("因上述问题，另有 {count} 项无法检查", "{count} more can't be judged because of this")
_MARKS = {"failed": "✗", "warning": "!", "passed": "✓"}


def add_arguments(parser: argparse.ArgumentParser, say: Callable[[Text], str]) -> None:
    """The packages, and how to report."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=say(_FILES))
    parser.add_argument("--all", action="store_true", help=say(_ALL))
    parser.add_argument("--key", type=Path, metavar="PUBLIC", help=say(_KEY))
    parser.add_argument("--index", type=Path, metavar="FILE", help=say(_INDEX))
    parser.add_argument("--json", action="store_true", help=say(_JSON))


def run(args: argparse.Namespace) -> int:
    """Report on each file. Exit status 0 all sound (warnings allowed), 1 one isn't, 2 one doesn't exist (the others
    are judged all the same)."""
    import tempfile

    import msgspec

    from schemas.errors import UsageError
    from schemas.package import Verdict

    if args.index and not args.key:
        raise UsageError(_NEEDS_KEY)
    files, missing = _present(args.files)
    if missing and not files:
        raise UsageError(missing)
    with tempfile.TemporaryDirectory(prefix="lingjun-verify-") as folder:
        opened = [
            one for number, file in enumerate(files) for one in _opened(file, Path(folder, str(number)))
        ]
        trust = _trust(opened, args.key, args.index) if args.key else [()] * len(opened)
        verifications = [_verified(one, found) for one, found in zip(opened, trust, strict=True)]
    if args.json:
        print(msgspec.json.encode(verifications).decode())
    else:
        print("\n\n".join(report(found, args.language, whole=args.all) for found in verifications))
    if missing:
        raise UsageError(missing)
    return 1 if any(found.verdict is Verdict.FAILED for found in verifications) else 0


def _present(paths: list[Path]) -> tuple[list[Path], Text | None]:
    """Those that are files, and what is said of the others."""
    from exporters.verify import require_file
    from schemas.errors import UsageError

    files: list[Path] = []
    missing: list[Text] = []
    for path in paths:
        try:
            require_file(path)
        except UsageError as error:
            missing.append(error.message)
        else:
            files.append(path)
    if not missing:
        return files, None
    return files, Text("\n".join(said.zh for said in missing), "\n".join(said.en for said in missing))


class _File(NamedTuple):
    """A file that is judged, under the name by which it is told. Of a set `verdict` is what its list says; `signed_list` is the
    catalogue's list that lies in the set."""

    name: str
    path: Path
    verdict: "Verification | None" = None
    signed_list: Path | None = None


def _opened(file: Path, folder: Path) -> list[_File]:
    """The file, and the packages in it where it is a set."""
    from exporters.verify import unpack_set

    found = unpack_set(file, folder)
    if found is None:
        return [_File(file.name, file)]
    inside = [_File(f"{file.name} › {name}", path, None, found.signed_list) for name, path in found.packages]
    return [_File(file.name, file, found.verification, found.signed_list), *inside]


def _verified(one: _File, more: "tuple[Finding, ...]") -> "Verification":
    """What is to be said of a file, with what signatures say."""
    import msgspec

    from exporters.verify import verify
    from exporters.verify.verdicts import overall

    found = one.verdict or verify(one.path)
    findings = (*more, *found.findings)
    return msgspec.structs.replace(found, file=one.name, findings=findings, verdict=overall(findings))


def _trust(files: list[_File], key_file: Path, index_file: Path | None) -> "list[tuple[Finding, ...]]":
    """What the catalogue's signatures say of each file. A set with the catalogue's list in it is judged by that, package by package,
    unless another index is given."""
    from datetime import UTC, datetime

    from catalog.packages.signing import PublicKey
    from catalog.packages.trust import Seen, judge, open_list
    from schemas.errors import UsageError

    key = PublicKey.read(key_file)
    told: dict[Path, tuple[Finding, ...]] = {}
    for index in dict.fromkeys(index_file or one.signed_list for one in files):
        theirs = [
            one.path
            for one in files
            if (index_file or one.signed_list) == index and not (one.verdict and one.signed_list)
        ]
        listed = None
        if index is not None:
            try:
                document = index.read_bytes()
            except OSError as error:
                raise UsageError(_NO_INDEX.format(file=index, reason=error.strerror)) from error
            listed = open_list(document, key, now=datetime.now(UTC), seen=Seen())
        told |= zip(theirs, judge(theirs, key, listed), strict=True)
    return [told.get(one.path, ()) for one in files]


def report(found: "Verification", language: Language, *, whole: bool) -> str:
    """One package's report: what is wrong and how to cure it first, then what was met or its count."""
    kind = _KIND[found.kind.value] if found.kind else _UNKNOWN.say(language)
    if found.packages is not None:
        kind = _SET.format(n=found.packages).say(language)
    answer = {"failed": _UNSOUND, "warning": _WARNED, "passed": _SOUND}[found.verdict.value]
    lines = [f"{_MARKS[found.verdict.value]} {found.file} · {kind} · {answer.say(language)}"]
    for verdict in ("failed", "warning", *(["passed"] if whole else [])):
        for finding in found.findings:
            if finding.verdict.value == verdict:
                lines += _finding(finding, language)
    counts = {verdict: len(_slugs(found, verdict)) for verdict in _MARKS}
    lines.append(
        "  "
        + _COUNT.format(passed=counts["passed"], warned=counts["warning"], failed=counts["failed"]).say(
            language
        )
    )
    if found.unjudged:
        lines.append("  " + _UNJUDGED.format(count=len(found.unjudged)).say(language))
    return "\n".join(lines)


def _finding(finding: "Finding", language: Language) -> list[str]:
    place = f"{finding.where}  " if finding.where else ""
    lines = [f"  {_MARKS[finding.verdict.value]} {place}{finding.message.say(language)}"]
    lines[0] += f"  [{finding.requirement} · {finding.clause}]"
    cure = finding.cure.say(language)
    return [*lines, f"    → {cure}"] if cure else lines


def _slugs(found: "Verification", verdict: str) -> set[str]:
    return {finding.requirement for finding in found.findings if finding.verdict.value == verdict}
