"""A curriculum 培训方案: one Markdown file with front matter, read as strictly as a course and checked for consistency."""

from courses.curricula.checks import KnownCourse, Lookup, known_course
from courses.curricula.model import Curriculum, Kind, TeachingMode
from courses.curricula.reading import (
    CURRICULUM_FILE,
    CurriculumReading,
    compare_with_catalogue,
    read_curriculum,
)

__all__ = [
    "CURRICULUM_FILE",
    "Curriculum",
    "CurriculumReading",
    "Kind",
    "KnownCourse",
    "Lookup",
    "TeachingMode",
    "compare_with_catalogue",
    "known_course",
    "read_curriculum",
]
