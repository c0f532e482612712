"""Text in the programme's two languages, Chinese first."""

from typing import Literal

import msgspec

Language = Literal["zh", "en"]


class Text(msgspec.Struct, frozen=True, omit_defaults=True):
    """The same words in Chinese and English; either may be missing, not both."""

    zh: str = ""
    en: str = ""

    def say(self, language: Language) -> str:
        """The words in `language`, or in the other one where it is missing."""
        return (self.en or self.zh) if language == "en" else (self.zh or self.en)

    def format(self, **values: object) -> "Text":
        """Both languages with the `{name}` places filled in; a `Text` value fills in its own language."""
        zh = {name: value.say("zh") if isinstance(value, Text) else value for name, value in values.items()}
        en = {name: value.say("en") if isinstance(value, Text) else value for name, value in values.items()}
        return Text(self.zh.format(**zh), self.en.format(**en))


def language_of(tag: str) -> Language:
    """The interface language for a BCP 47 tag: English for `en…`, Chinese for everything else."""
    return "en" if tag.lower().startswith("en") else "zh"
