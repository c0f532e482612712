"""Takes the pictures of the README with the real player and the real check: `python -m tools.screenshots`.

Needs Debian's Chromium and the Noto CJK fonts (`make browser`). Look at the pictures afterwards.
"""

import html
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from catalog.preview import Server, Shown
from courses.reader import read_course
from exporters.contents import Plan, entries
from schemas.package import Format

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
SAMPLE = ROOT / "courses" / "samples" / "digital-roadmap"
_COLOURS = 96  # of the palette that a picture is reduced to; text stays sharp
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]

# Three slips that authors really make, for the picture of the check.
_SLIPS = """---
id: my-course
title: 数字化转型入门
edition: 2022-2023
---

# 诊断 {#m1}

## 先看问题 {#why}

＃ 小结

![雷达图：数据一维最低](assets/雷达图.png)

::: question choice {#q1}
制定方案之前，最先要做的是什么？

- [ ] 弄清要解决的经营问题
- [ ] 采购设备
:::
"""
_PAGE = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; background: #fff }
pre { display: inline-block; margin: 0; padding: 20px 24px; background: #1b1f27; color: #d8dee9;
  font: 16px/1.6 "Noto Sans Mono CJK SC", monospace }
.b { font-weight: bold; color: #fff } .f { color: #7d8799 }
.e { color: #ff7b72; font-weight: bold } .w { color: #e3b341; font-weight: bold }
</style>"""
_TONES = {"1": "b", "2": "f", "1;31": "e", "1;33": "w", "1;36": "b"}


def main() -> None:
    """Write every picture into docs/images/."""
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=_ARGUMENTS)
        with _served() as address:
            _page(browser, f"{address}diagnosis.html", "lesson-desktop", width=1180, height=760)
            _page(browser, f"{address}diagnosis.html#quiz", "lesson-phone", width=390, height=760, scale=1.5)
        _terminal(browser, "check")
        _visits(browser, "visits")
        browser.close()


@contextmanager
def _served() -> Iterator[str]:
    """The address of the sample course's web pages."""
    course = read_course(SAMPLE).course
    if course is None:
        raise SystemExit(1)
    shown = Shown("zh")
    shown.show(dict(entries(course, Plan(Format.HTML, "pages"))), ())
    with Server(shown, port=0, live=False) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.address
        server.shutdown()


def _page(browser: Browser, address: str, name: str, *, width: int, height: int, scale: float = 1) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        color_scheme="light",
        locale="zh-CN",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    _save(page.screenshot(), name)
    context.close()


def _visits(browser: Browser, name: str) -> None:
    """A month of a sample programme's calendar of site visits."""
    with TemporaryDirectory() as folder:
        for words in (
            ("new", folder, "--seed", "1"),
            ("plan", folder, "--seconds", "20"),
            ("publish", folder, "-o", f"{folder}/out"),
        ):
            subprocess.run([sys.executable, "-m", "catalog.cli.main", "visits", *words], cwd=ROOT, check=True)
        page = browser.new_page(viewport={"width": 1120, "height": 760})
        page.goto((Path(folder) / "out" / "public" / "index.html").as_uri())
        page.locator(".month").nth(2).scroll_into_view_if_needed()
        page.evaluate("document.querySelectorAll('.month')[2].scrollIntoView()")
        _save(page.screenshot(), name)
        page.close()


def _terminal(browser: Browser, name: str) -> None:
    """What `lingjun check` prints, in its colours."""
    page = browser.new_page(device_scale_factor=1.5)
    page.set_content(f"{_PAGE}<pre>{_coloured(_checked())}</pre>")
    _save(page.locator("pre").screenshot(), name)
    page.close()


def _checked() -> str:
    """The check's words with colours, which it prints on a terminal only: `script` is one."""
    with TemporaryDirectory() as folder:
        course = Path(folder) / "my-course"
        course.mkdir()
        (course / "course.md").write_text(_SLIPS, encoding="utf-8")
        call = f"{sys.executable} -m catalog.cli.main --lang zh check my-course"
        environment = {"PYTHONPATH": str(ROOT), "TERM": "xterm", "HOME": folder, "PATH": "/usr/bin:/bin"}
        done = subprocess.run(
            ["script", "-qec", call, "/dev/null"],
            cwd=folder,
            env=environment,
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
    return "$ lingjun check my-course\n" + done.stdout.replace("\r\n", "\n").rstrip()


def _coloured(text: str) -> str:
    """The terminal's colours as HTML."""

    def tone(code: re.Match[str]) -> str:
        return "</span>" if code[1] == "0" else f'<span class="{_TONES[code[1]]}">'

    return re.sub("\x1b\\[([0-9;]+)m", tone, html.escape(text))


def _save(picture: bytes, name: str) -> None:
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    reduced = image.quantize(_COLOURS, dither=Image.Dither.NONE)
    reduced.save(IMAGES / f"{name}.png", optimize=True)
    sys.stdout.write(f"{name}.png {(IMAGES / f'{name}.png').stat().st_size // 1024} KB {image.size}\n")


main()
