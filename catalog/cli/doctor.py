"""`lingjun doctor`: does this machine have what Lingjun needs?"""

import argparse
from collections.abc import Callable, Iterator
from typing import NamedTuple

from schemas.text import Text

HELP = Text("检查本机环境是否齐备", "check that this machine has what Lingjun needs")

OUR_PACKAGES = ("schemas", "courses", "exporters", "catalog")


class Examined(NamedTuple):
    """One thing looked at. `cure` is empty when it is well."""

    what: Text
    cure: Text


def add_arguments(parser: argparse.ArgumentParser, say: Callable[[Text], str]) -> None:
    """`--json` for programs."""
    parser.add_argument("--json", action="store_true", help=say(Text("以 JSON 输出", "print JSON")))


def run(args: argparse.Namespace) -> int:
    """Print each finding; exit status 3 when something is missing."""
    import msgspec

    findings = list(examine())
    missing = [finding for finding in findings if finding.cure.zh]
    if args.json:
        rows = [
            {"ok": not f.cure.zh, "what": f.what.say(args.language), "cure": f.cure.say(args.language)}
            for f in findings
        ]
        print(msgspec.json.encode({"ok": not missing, "findings": rows}).decode())
    else:
        for finding in findings:
            print(f"{'✗' if finding.cure.zh else '✓'} {finding.what.say(args.language)}")
            if finding.cure.zh:
                print(f"  → {finding.cure.say(args.language)}")
    return 3 if missing else 0


def examine() -> Iterator[Examined]:
    """Everything that a start can fail on, in the order in which it would fail."""
    yield _python()
    yield _front_end()
    yield from _foreign_packages()
    yield _cache_folder()


def _python() -> Examined:
    import platform
    import sys

    version = platform.python_version()
    cure = (
        Text()
        if sys.version_info >= (3, 11)
        else Text("请安装 Python 3.11 或更高版本。", "Install Python 3.11 or newer.")
    )
    return Examined(Text(f"Python {version}", f"Python {version}"), cure)


def _front_end() -> Examined:
    from importlib import resources

    built = resources.files("exporters") / "built" / "player" / "player.css"
    cure = (
        Text()
        if built.is_file()
        else Text(
            "播放器尚未构建：在源码目录运行 make setup，或重新安装 wheel。",
            "The player is not built: run `make setup` in the source folder, or install the wheel again.",
        )
    )
    return Examined(
        Text("学习者播放器与 SCORM 控制文件", "learner's player and SCORM control documents"), cure
    )


def _foreign_packages() -> Iterator[Examined]:
    """Lingjun's packages have generic names; another distribution that ships one of them would shadow it."""
    from importlib import metadata

    owners = metadata.packages_distributions()
    for name in OUR_PACKAGES:
        foreign = sorted(set(owners.get(name, ())) - {"lingjun"})
        cure = Text()
        if foreign:
            others = "、".join(foreign)
            cure = Text(
                f"{others} 也带有顶层包 {name}。请把领军装进单独的虚拟环境。",
                f"{', '.join(foreign)} also ships the top-level package {name}. "
                "Install Lingjun in a virtual environment of its own.",
            )
        yield Examined(Text(f"顶层包 {name}", f"top-level package {name}"), cure)


def _cache_folder() -> Examined:
    import os
    from pathlib import Path

    import platformdirs

    folder = Path(platformdirs.user_cache_dir("lingjun"))
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    cure = (
        Text()
        if os.access(existing, os.W_OK)
        else Text(
            f"{existing} 不可写：导出仍可进行，但不会加速重复导出。",
            f"{existing} is not writable: exports work, but repeated ones are not sped up.",
        )
    )
    return Examined(Text(f"缓存文件夹 {folder}", f"cache folder {folder}"), cure)
