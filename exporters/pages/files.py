"""Which built files (exporters/built, made by exporters/player/build.mjs) a course's pages need."""

from pathlib import Path

from exporters.pages.document import Runtime
from schemas.course import Course
from schemas.errors import MachineError
from schemas.text import Text

BUILT = Path(__file__).parents[1] / "built"
_MISSING = Text(
    "播放器文件尚未构建：{file}。请重新安装领军，或在 exporters/player 运行 npm run build。",
    "The player isn't built: {file} is missing. Install Lingjun again, or `npm run build`.",
)


def player_files(course: Course, runtime: Runtime) -> tuple[tuple[str, Path], ...]:
    """Pairs of path in the package and file on disk, by path. Mermaid only where a lesson draws with it.

    Raises MachineError where the front-end parts were never built.
    """
    names = ["player/early.js", "player/player.css", f"player/{runtime}.js"]
    if any(lesson.diagrams for lesson in course.lessons):
        names += [f"player/mermaid/{file.name}" for file in sorted((BUILT / "player/mermaid").glob("*.js"))]
    for name in names:
        if not (BUILT / name).is_file():
            raise MachineError(_MISSING.format(file=name))
    return tuple(sorted((name, BUILT / name) for name in names))
