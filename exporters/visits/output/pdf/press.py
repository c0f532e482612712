"""Runs typst: JSON in, PDF out, with a Chinese font of the machine."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import msgspec

from schemas.errors import MachineError
from schemas.text import Text

if TYPE_CHECKING:
    import typst

_TEMPLATE = Path(__file__).parent / "agenda.typ"

# In order of preference; what Linux, Windows and macOS bring or commonly have.
FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "SimHei",
    "DengXian",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "SimSun",
    "FangSong",
    "KaiTi",
    "AR PL UMing CN",
    "Droid Sans Fallback",
)
_NO_FONT = Text(
    "没有可用的中文字体，无法制作 PDF 日程。请安装一种，如 Debian/Ubuntu 的 fonts-noto-cjk（apt install fonts-noto-cjk），再试一次。",
    "No Chinese font was found, so that PDF agendas can't be made. Install one, for example fonts-noto-cjk of Debian or "
    "Ubuntu (apt install fonts-noto-cjk), and try again.",
)


def chinese_font(families: Iterable[str]) -> str:
    """The best Chinese font among the families of a machine. Raises MachineError where there is none."""
    there = set(families)
    for font in FONTS:
        if font in there:
            return font
    raise MachineError(_NO_FONT)


@cache
def font() -> str:
    """This machine's Chinese font."""
    import typst  # noqa: PLC0415 (a fifth of a second, and only agendas need it)

    return chinese_font(typst.Fonts().families())


@cache
def _compiler() -> "typst.Compiler":
    import typst  # noqa: PLC0415

    return typst.Compiler(str(_TEMPLATE), root=str(_TEMPLATE.parent))


def press(data: dict[str, object], stamp: datetime) -> bytes:
    """The agenda as PDF/UA-1 (ISO 14289-1: tagged, so that it can be read aloud); the same data and stamp give the same
    bytes. A character that no font has is shown as a box, and the agenda is then tagged PDF without the claim."""
    import typst  # noqa: PLC0415

    written = msgspec.json.encode({**data, "font": font()}).decode()
    try:
        return _compile(written, stamp, "ua-1")
    except typst.TypstError:
        return _compile(written, stamp, "1.7")


def _compile(written: str, stamp: datetime, standard: "typst.PDFStandard") -> bytes:
    made = _compiler().compile(
        format="pdf",
        sys_inputs={"data": written},
        timestamp=stamp.astimezone(UTC),
        pdf_standards=standard,
    )
    return cast("bytes", made)  # one PDF, where pictures would be a list of pages
