import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from catalog.intake.upload import Intake
from catalog.settings import LimitsSettings

COURSE = {
    "course.md": "---\nid: example\ntitle: 示例课程\nedition: 2022-2023\nthemes: [digital-empowerment]\nhours: 1\n---\n",
    "01-m/index.md": "# 模块",
    "01-m/01-课.md": "# 课\n\n![图](../assets/图.png)\n",
    "assets/图.png": "not really a picture",
}


def packed(files: Mapping[str, str | bytes], prefix: str = "") -> bytes:
    """An ordinary archive of the files, deflated."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(prefix + name, content)
    return buffer.getvalue()


@pytest.fixture
def limits() -> LimitsSettings:
    return LimitsSettings(upload_bytes=100 << 20, reading_seconds=30, reading_memory=512 << 20)


@pytest.fixture
def intake(tmp_path: Path, limits: LimitsSettings) -> Intake:
    return Intake(limits, tmp_path / "intake")
