"""What the learner sees: lesson pages, the index page, `course.js`, and which built files they need.

Pure functions from a `Course` to bytes. Every page is readable without JavaScript; the player
(exporters/player) brings it to life.
"""

from exporters.pages.data import Structure, course_data, question_data
from exporters.pages.document import Runtime
from exporters.pages.files import player_files
from exporters.pages.index import index_page
from exporters.pages.lesson import lesson_page

__all__ = [
    "Runtime",
    "Structure",
    "course_data",
    "index_page",
    "lesson_page",
    "player_files",
    "question_data",
]
