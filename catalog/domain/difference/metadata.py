"""The front matter, key by key as authors write it, and the files."""

from collections.abc import Iterator

import msgspec

from catalog.domain.difference.model import AssetChange, Change, FieldChange
from schemas.course import Course
from schemas.text import Text

# Keys of `course.md` by the fields of `Course` that hold them.
_KEYS = {
    "id": "id",
    "institution": "institution",
    "title": "title",
    "summary": "summary",
    "language": "language",
    "edition": "edition",
    "themes": "themes",
    "audience": "audience",
    "hours": "hours",
    "mode": "mode",
    "objectives": "objectives",
    "prerequisites": "prerequisites",
    "instructors": "instructors",
    "passing": "pass",
    "sequence": "sequence",
    "visits": "visits",
    "licence": "licence",
    "sample": "sample",
}


def compare_metadata(old: Course, new: Course) -> tuple[FieldChange, ...]:
    """Keys whose value differs, in the order of the authoring guide; the modules' prerequisites after them."""
    return (*_front_matter(old, new), *_prerequisites(old, new))


def _front_matter(old: Course, new: Course) -> Iterator[FieldChange]:
    for field, key in _KEYS.items():
        before, after = getattr(old, field), getattr(new, field)
        if before == after:
            continue
        if isinstance(before, Text) and isinstance(after, Text):
            for language in ("zh", "en"):
                words = (getattr(before, language), getattr(after, language))
                if words[0] != words[1]:
                    yield FieldChange(f"{key}.{language}", *words)
        else:
            yield FieldChange(key, _plain(before), _plain(after))


def _prerequisites(old: Course, new: Course) -> Iterator[FieldChange]:
    before = {module.id: module.prerequisites for module in old.modules}
    for module in new.modules:
        earlier = before.get(module.id, module.prerequisites)
        if earlier != module.prerequisites:
            yield FieldChange(
                f"{module.id}.prerequisites", ", ".join(earlier), ", ".join(module.prerequisites)
            )


def _plain(value: object) -> str:
    """A value as it could stand in front matter: JSON, which YAML reads, without quotes around a single word."""
    built = msgspec.to_builtins(value)
    if isinstance(built, str):
        return built
    if isinstance(built, float):
        return f"{built:g}"
    if isinstance(built, list | tuple | dict) and not built:
        return ""
    return msgspec.json.encode(built).decode()


def compare_assets(old: Course, new: Course) -> tuple[AssetChange, ...]:
    """Files by path. One of the same size counts as unchanged: a course holds no hashes of its files."""
    before, after = ({asset.source: asset.size for asset in course.assets} for course in (old, new))
    changes = []
    for source in sorted({*before, *after}):
        sizes = (before.get(source, 0), after.get(source, 0))
        if source not in before:
            changes.append(AssetChange(source, Change.ADDED, *sizes))
        elif source not in after:
            changes.append(AssetChange(source, Change.REMOVED, *sizes))
        elif sizes[0] != sizes[1]:
            changes.append(AssetChange(source, Change.CHANGED, *sizes))
    return tuple(changes)
