"""Words of a course by language tag, as formats with several languages want them."""

import re
from collections.abc import Mapping

from exporters.manifest import plain, shorten
from schemas.course import Course
from schemas.text import Text

Words = Mapping[str, str]  # by BCP 47 tag, the course's own language first
_TAGS = {"zh": "zh-CN", "en": "en"}
_BEGINNING = 120  # characters: enough to tell a lesson from others in a list
_SENTENCE = re.compile(rf".{{1,{_BEGINNING - 1}}}?(?:[。！？]|[.!?](?=\s|$))")


def by_tag(course: Course, text: Text, otherwise: str) -> Words:
    """What there is of `text`; `otherwise` where there is nothing to see."""
    own = course.interface
    said = {"zh": plain(text.zh), "en": plain(text.en)}
    tags = {own: course.language} | {key: tag for key, tag in _TAGS.items() if key != own}
    return {tag: said[key] for key, tag in tags.items() if said[key]} or own_words(
        course, otherwise, course.id
    )


def own_words(course: Course, text: str, otherwise: str) -> Words:
    """What the author wrote in the course's own language alone."""
    return {course.language: plain(text) or plain(otherwise)}


def beginning(text: str) -> str:
    """A text's first sentence, or as much of it as fits: for want of a description."""
    start = plain(text[: 4 * _BEGINNING])
    sentence = _SENTENCE.match(start)
    return sentence[0] if sentence else shorten(start, _BEGINNING)
