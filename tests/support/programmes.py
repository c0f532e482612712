"""A curriculum made by hand."""

from courses.curricula import Curriculum, Kind, TeachingMode
from courses.curricula.model import CourseChoice, HoursLine
from exporters.programmes import Programme
from schemas.course import Course, VisitNeed
from schemas.text import Text


def programme(*courses: Course) -> Programme:
    """These courses in this order."""
    curriculum = Curriculum(
        id="camp",
        institution="smb-institute",
        title=Text("主题特训营", "Camp"),
        language="zh-CN",
        edition="2022-2023",
        theme="digital-empowerment",
        kind=Kind.CAMP,
        hours=20,
        courses=tuple(CourseChoice(course.institution, course.id) for course in courses),
        visits=(VisitNeed("digital-empowerment", "C34", 2),),
        plan=(
            HoursLine("digital-empowerment", TeachingMode.CLASSROOM, 16),
            HoursLine("digital-empowerment", TeachingMode.VISIT, 4),
        ),
        source_hash="1" * 64,
    )
    return Programme(curriculum, courses)
