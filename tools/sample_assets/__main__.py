"""Makes the assets of every sample course, or of those named on the command line."""

import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

_SAMPLES = Path(__file__).parents[2] / "courses" / "samples"


def main(names: list[str]) -> None:
    """Call `make(assets)` of each course's module; a course without one has no made pictures."""
    for folder in sorted(entry for entry in _SAMPLES.iterdir() if (entry / "course.md").is_file()):
        module = f"tools.sample_assets.{folder.name.replace('-', '_')}"
        if (names and folder.name not in names) or find_spec(module) is None:
            continue
        import_module(module).make(folder / "assets")
        sys.stdout.write(f"{folder.name}\n")


main(sys.argv[1:])
