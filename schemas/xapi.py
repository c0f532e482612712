"""The words of xAPI that our packages speak, read from `xapi.json`: the one place where each IRI is written down.

The player's TypeScript reads the same file. Sources: xAPI 1.0.3 (Part Two, 4.1 and Appendix C), the cmi5 specification
(Quartz, 9.3 to 9.6), ADL's vocabulary of verbs and activity types, the xAPI video profile 1.0.3.
"""

from functools import cache
from importlib import resources
from typing import Literal

import msgspec

ComponentList = Literal["choices", "scale", "source", "target", "steps"]


class Verb(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A verb: its IRI, and what to call it by RFC 5646 language tag."""

    id: str
    display: dict[str, str]


class Vocabulary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """IRIs by our name for them. `interactions`: for each question type (named as xAPI names it) the component lists
    of its activity definition, and the field of the question that fills each."""

    version: str
    verbs: dict[str, Verb]
    activities: dict[str, str]
    categories: dict[str, str]
    extensions: dict[str, str]
    interactions: dict[str, dict[ComponentList, str]]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary; the same object at every call."""
    return msgspec.json.decode(resources.files("schemas").joinpath("xapi.json").read_bytes(), type=Vocabulary)
