from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Files = Mapping[str, str | bytes]

FRONT = "---\nid: example\ntitle: 示例课程\nedition: 2022-2023\n---\n"


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Files], Path]:
    """Writes a course folder; `course.md` may be left out where its content doesn't matter."""

    def write_files(files: Files) -> Path:
        folder = tmp_path / "course"
        for name, content in {"course.md": FRONT, **files}.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return write_files
