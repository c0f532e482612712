"""The command line called as a user calls it, in a folder and with a cache of its own."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, NamedTuple

import pytest

from catalog.cli.main import main

ROOT = Path(__file__).parents[4]
LANGUAGE_VARIABLES = ("LINGJUN_LANG", "LC_ALL", "LC_MESSAGES", "LANG")

COURSE = """---
id: {id}
institution: smb
title: 数字化诊断
edition: 2022-2023
---

概览。

# 基础 {{#m1}}

## 诊断 {{#diagnosis}}

{body}
"""


class Ran(NamedTuple):
    """What a call came to."""

    status: int
    out: str
    err: str


Lingjun = Callable[..., Ran]


@pytest.fixture(autouse=True)
def surroundings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No language, no cache and no current folder of the developer's."""
    for name in LANGUAGE_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.chdir(tmp_path_factory.mktemp("here"))
    monkeypatch.setattr(argparse, "_", vars(argparse)["_"])  # put back: the command line translates it


@pytest.fixture
def lingjun(capsys: pytest.CaptureFixture[str]) -> Lingjun:
    """Calls the command line in this process."""

    def run(*words: str | Path) -> Ran:
        try:
            status = main([str(word) for word in words])
        except SystemExit as left:  # argparse's way
            status = int(left.code or 0)
        out, err = capsys.readouterr()
        return Ran(status, out, err)

    return run


def start(
    *words: str | Path,
    cwd: Path | None = None,
    stdout: int | IO[bytes] = subprocess.PIPE,
    buffered: bool = False,
) -> subprocess.Popen[str]:
    """Starts the command line in a process of its own."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "" if buffered else "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "catalog.cli.main", *map(str, words)],
        cwd=cwd,
        stdout=stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment,
    )


def write_course(folder: Path, name: str = "one", body: str = "正文。") -> Path:
    """A small course in one file, without a word from the check."""
    course = folder / name
    course.mkdir()
    (course / "course.md").write_text(COURSE.format(id=name, body=body), encoding="utf-8")
    return course
