"""The sections and divisions of GB/T 4754-2017 (国民经济行业分类) by name. The English names are short forms of our own."""

from functools import cache
from pathlib import Path

import msgspec

from schemas.text import Text


@cache
def industries() -> dict[str, Text]:
    """Names by code: `C` is a section, `C34` a division."""
    return msgspec.json.decode((Path(__file__).parent / "industries.json").read_bytes(), type=dict[str, Text])


def industry_name(code: str) -> Text:
    """“C3451 通用设备制造业”: the code with the name of its division or section; the code alone where neither is known."""
    name = industries().get(code[:3]) or industries().get(code[:1]) or Text()
    return Text(f"{code} {name.zh}".strip(), f"{code} {name.en}".strip())


def is_industry(code: str) -> bool:
    """Whether the classification has such a section or division; classes below a division aren't looked up."""
    return any(name.startswith(code[:3]) for name in industries())


def nearest_industry(code: str) -> str:
    """The code that has the division's number with its right section: C65 is I65. Empty where there is none."""
    return next((name + code[3:] for name in industries() if name[1:] and name[1:] == code[1:3]), "")
