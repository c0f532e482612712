"""What changed from one version of a course to the next, and what it means for learners' records in an LMS."""

from catalog.domain.difference.metadata import compare_assets, compare_metadata
from catalog.domain.difference.model import Answer, Difference, Reason
from catalog.domain.difference.questions import compare_questions
from catalog.domain.difference.records import judge, reasons
from catalog.domain.difference.rendering import render_difference
from catalog.domain.difference.structure import compare_structure
from catalog.domain.difference.text import compare_texts
from schemas.course import Course

__all__ = ["Answer", "Difference", "Reason", "compare", "render_difference"]


def compare(old: Course, new: Course) -> Difference:
    """The difference of two versions; `old` is the one that learners use now."""
    structure = compare_structure(old, new)
    questions = compare_questions(old, new)
    found = reasons(old, new, structure, questions)
    verdicts = judge(found)
    breaks = any(verdict.answer is Answer.NEW_ACTIVITY for verdict in verdicts)
    return Difference(
        old=old.source_hash,
        new=new.source_hash,
        structure=structure,
        texts=compare_texts(old, new),
        questions=questions,
        metadata=compare_metadata(old, new),
        assets=compare_assets(old, new),
        reasons=found,
        answer=Answer.NEW_ACTIVITY if breaks else Answer.REPLACE_IN_PLACE,
        verdicts=verdicts,
    )
