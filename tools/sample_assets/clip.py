"""Silent explanatory clips: frames drawn with `Canvas`, encoded by the ffmpeg that imageio-ffmpeg carries."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg

from tools.sample_assets.draw import Canvas

WIDTH, HEIGHT = 960, 540
FPS = 15

Frame = Callable[[float], Canvas]
"""Draws the picture at a time in seconds, on a canvas of WIDTH × HEIGHT units at `scale=1`."""


def canvas(background: str) -> Canvas:
    """An empty frame."""
    return Canvas(WIDTH, HEIGHT, background, scale=1)


def ease(time: float, start: float, duration: float = 0.6) -> float:
    """How far a movement that begins at `start` is at `time`: 0 before, 1 after, smooth between."""
    share = min(max((time - start) / duration, 0.0), 1.0)
    return share * share * (3 - 2 * share)


def write_clip(path: Path, frame: Frame, seconds: float, *, poster_at: float) -> None:
    """Write `path` (H.264, no sound) and its poster: the frame at `poster_at`, as `.png` beside it.

    One thread and no encoder tags, so that the same frames give the same bytes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    frame(poster_at).save(path.with_suffix(".png"))
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error"]
    command += ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FPS), "-i", "-"]
    command += ["-c:v", "libx264", "-preset", "slow", "-crf", "26", "-tune", "animation", "-threads", "1"]
    command += [
        "-pix_fmt",
        "yuv420p",
        "-movflags",
        "+faststart",
        "-fflags",
        "+bitexact",
        "-flags:v",
        "+bitexact",
    ]
    with subprocess.Popen([*command, str(path)], stdin=subprocess.PIPE) as ffmpeg:
        if ffmpeg.stdin is None:
            raise RuntimeError("ffmpeg has no standard input")
        for number in range(round(seconds * FPS)):
            ffmpeg.stdin.write(frame(number / FPS).image().tobytes())
        ffmpeg.stdin.close()
    if ffmpeg.returncode:
        raise subprocess.CalledProcessError(ffmpeg.returncode, command)
