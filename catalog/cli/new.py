"""`lingjun new`: a course folder to start from, which passes `lingjun check` as it is."""

import argparse
import re
from collections.abc import Callable
from pathlib import Path

from schemas.errors import UsageError
from schemas.text import Text

HELP = Text("新建一个课程文件夹", "create a course folder to start from")

_ODD_TITLE = Text(
    "课程名称不能为空白，也不能含控制字符或乱码。",
    "The title can't be blank or have control characters or broken text.",
)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def add_arguments(parser: argparse.ArgumentParser, say: Callable[[Text], str]) -> None:
    """Where, and what is known already."""
    parser.add_argument(
        "path",
        type=Path,
        metavar="PATH",
        help=say(
            Text(
                "要新建的文件夹；其名称即课程标识，如 digital-roadmap",
                "folder to create, named as the course's id, e.g. digital-roadmap",
            )
        ),
    )
    parser.add_argument("--title", help=say(Text("课程名称", "the course's title")))
    parser.add_argument(
        "--institution",
        default="local",
        metavar="SLUG",
        help=say(
            Text(
                "培训承担机构的标识，如 tsinghua（默认 local）",
                "the institution's slug, e.g. tsinghua (default: local)",
            )
        ),
    )


def run(args: argparse.Namespace) -> int:
    """Write the folder, or nothing."""
    root: Path = args.path
    identifier = root.resolve().name
    _require_slug(identifier, Text("文件夹名称", "folder name"))
    _require_slug(args.institution, Text("机构标识", "institution slug"))
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise UsageError(
            Text(
                "{root} 已存在且不为空，未作任何改动。",
                "{root} exists and is not empty; nothing was changed.",
            ).format(root=root)
        )
    title = " ".join(args.title.split()) if args.title else Text("新课程", "New course").say(args.language)
    if not title or not title.isprintable():  # an unprintable one may not even be UTF-8
        raise UsageError(_ODD_TITLE)
    _write(
        root,
        args.language,
        {"COURSE_ID": identifier, "INSTITUTION": args.institution, "COURSE_TITLE": _yaml(title)},
    )
    print(
        Text(
            f"已新建 {root}。\n边写边看：lingjun preview {root}\n检查：lingjun check {root}\n导出：lingjun export {root} --lms moodle -o build",
            f"Created {root}.\nWrite and watch: lingjun preview {root}\nCheck: lingjun check {root}\n"
            f"Export: lingjun export {root} --lms moodle -o build",
        ).say(args.language)
    )
    return 0


def _require_slug(value: str, what: Text) -> None:
    if not _SLUG.fullmatch(value):
        raise UsageError(
            Text(
                "{what}“{value}”只能用小写英文字母、数字和连字符，如 digital-roadmap。",
                "The {what} “{value}” may only have lower-case letters, digits and hyphens, e.g. digital-roadmap.",
            ).format(what=what, value=value)
        )


def _yaml(title: str) -> str:
    """The title as a YAML scalar that can't be mistaken for anything else (a JSON string is one)."""
    import msgspec

    return msgspec.json.encode(title).decode()


def _write(root: Path, language: str, values: dict[str, str]) -> None:
    from importlib import resources

    with resources.as_file(resources.files("courses") / "template" / language) as template:
        for source in sorted(template.rglob("*.md")):
            text = source.read_text(encoding="utf-8")
            for name, value in values.items():
                text = text.replace(name, value)
            target = root / source.relative_to(template)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
    (root / "assets").mkdir(exist_ok=True)
