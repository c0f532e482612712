"""`lingjun review` and `fetch` refuse a wrong call before they ask anybody."""

import pytest

from tests.unit.catalog.cli.conftest import Lingjun


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("review", "--approve"), "Say which one"),
        (("review", "tsinghua/roadmap", "--comment", "course.md:3:why?"), "goes with --return"),
        (("review", "tsinghua/roadmap", "--return", "--comment", "why?"), "FILE:LINE:WORDS"),
        (("review", "roadmap"), "institution/course"),
        (("fetch", "a/b/c"), "institution/course"),
        (("fetch", "tsinghua/roadmap", "--set"), "--set is for curricula"),
        (("fetch", "tsinghua/roadmap", "--server", "http://catalogue.example.org"), "begins with https://"),
    ],
)
def test_a_wrong_call(
    lingjun: Lingjun, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str
) -> None:
    monkeypatch.setenv("LINGJUN_LANG", "en")
    monkeypatch.setenv("LINGJUN_TOKEN", "lj_any")
    done = lingjun(*words)
    assert done.status == 2
    assert told in done.err


def test_without_a_token(lingjun: Lingjun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LINGJUN_TOKEN", raising=False)
    assert lingjun("--lang", "en", "fetch").status == 2
