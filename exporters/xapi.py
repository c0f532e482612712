"""xAPI without cmi5: `tincan.xml`, by the launch convention of Tin Can.

One activity of a package is launched, the course (more than one is not allowed yet, and LMSs launch the first). Its
lessons are told of, so that a store can name them in reports.
"""

from xml.etree.ElementTree import Element, indent, tostring

from exporters.iris import course_iri, lesson_iri
from exporters.languages import Words, beginning, by_tag, own_words
from exporters.manifest import child
from exporters.outline import INDEX
from schemas.course import Course
from schemas.xapi import vocabulary

NAMESPACE = "http://projecttincan.com/tincan.xsd"


def write_tincan(course: Course) -> bytes:
    """`tincan.xml` as UTF-8, indented for whoever opens it."""
    root = Element("tincan", {"xmlns": NAMESPACE})
    activities = child(root, "activities")
    types = vocabulary().activities
    whole = child(activities, "activity", id=course_iri(course), type=types["course"])
    _words(whole, by_tag(course, course.title, course.id), by_tag(course, course.summary, course.name))
    child(whole, "launch", INDEX, lang=course.language)
    for lesson in course.lessons:
        activity = child(activities, "activity", id=lesson_iri(course, lesson), type=types["lesson"])
        title = own_words(course, lesson.title, lesson.id)
        _words(activity, title, own_words(course, beginning(lesson.text), lesson.title))
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _words(activity: Element, name: Words, description: Words) -> None:
    """All names before all descriptions."""
    for tag, words in (("name", name), ("description", description)):
        for language, text in words.items():
            child(activity, tag, text, lang=language)
