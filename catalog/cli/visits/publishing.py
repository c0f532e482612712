"""`lingjun visits publish`: every output, then the plan marked as published."""

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec

from catalog.cli.table import table
from catalog.cli.visits.checking import print_breaches
from catalog.cli.visits.folder import PUBLISHED_FILE, open_folder
from exporters.visits.check import check
from exporters.visits.output import audience, publication
from exporters.visits.output.publication import Manifest, outputs, settled, write
from exporters.visits.output.schedule import Schedule
from exporters.visits.plan_file import load_plan, save_plan
from schemas.text import Language, Text

_HEADS = (
    Text("文件夹", "Folder"),
    Text("给谁", "For"),
    Text("文件", "Files"),
    Text("含个人联系方式", "Contact data"),
)
_YES, _NO = Text("是", "yes"), Text("否", "no")
_DONE = Text("已发布到 {folder}（{day}）：{n} 个文件。", "Published to {folder} ({day}). Files: {n}.")
_NEWS = Text(
    "与上一次发布相比：变更 {changed} 次，取消 {gone} 次。",
    "Since the last publication: changed {changed}, cancelled {gone}.",
)
_FIRST = Text("首次发布。", "The first publication.")
_CARE = Text(
    "请只把文件夹交给对应的人；public 之外的内容不要公开。",
    "Give each folder only to those whom it is for; make nothing public but public.",
)
_BROKEN = Text(
    "计划违反规则，没有发布。请移动或取消这些实地教学，或重新安排：lingjun visits replan {path}",
    "The plan breaks rules and wasn't published. Move or cancel these visits, or plan anew: lingjun visits replan {path}",
)
_FILES = Text("个文件", "files")


def publish(args: argparse.Namespace) -> int:
    """Write everything; the plan changes only when all is written."""
    folder = open_folder(args.folder, args.language)
    plan, last = folder.need_plan(), load_plan(folder.path / PUBLISHED_FILE)
    made = settled(plan, last, folder.programme.as_of)
    broken = check(folder.programme, made)
    if broken:
        print_breaches(broken, args.language)
        print(_BROKEN.format(path=args.folder).say(args.language), file=sys.stderr)
        return 1
    schedule = Schedule(folder.programme, made, folder.title)
    manifest = _write(schedule, args.output, args.language)
    save_plan(made, folder.plan_path)
    save_plan(made, folder.path / PUBLISHED_FILE)
    before = {visit.id: visit.sequence for visit in last.visits} if last else {}
    changed = sum(visit.sequence > before.get(visit.id, visit.sequence) for visit in made.visits)
    old = {(visit.id, visit.enterprise) for visit in last.cancelled} if last else set()
    gone = sum((visit.id, visit.enterprise) not in old for visit in made.cancelled)
    if args.json:
        print(msgspec.json.format(msgspec.json.encode(manifest), indent=2).decode())
        return 0
    _print(manifest, args.output, args.language)
    news = _NEWS.format(changed=changed, gone=gone) if last else _FIRST
    print(news.say(args.language))
    print(_CARE.say(args.language))
    return 0


def _write(schedule: Schedule, folder: Path, language: Language) -> Manifest:
    """With a bar on a terminal."""
    if not sys.stderr.isatty():
        return write(schedule, folder)
    from tqdm import tqdm

    total = sum(1 for _ in outputs(schedule))
    with tqdm(total=total, unit=_FILES.say(language), leave=False) as bar:
        return write(schedule, folder, bar.update)


def _print(manifest: Manifest, folder: Path, language: Language) -> None:
    counts = Counter(file.audience for file in manifest.files)
    rows = [
        (
            f"{folder / name}",
            audience.NAMES[name].say(language),
            str(n),
            (_YES if name in audience.SEES_HOST | audience.SEES_INSTRUCTOR else _NO).say(language),
        )
        for name, n in counts.items()
    ]
    print(table([head.say(language) for head in _HEADS], rows, right=frozenset({2})))
    done = _DONE.format(folder=folder / publication.MANIFEST, day=manifest.published, n=len(manifest.files))
    print(done.say(language))


ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {"publish": publish}
