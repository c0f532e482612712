"""What a learner waits for: the player's size, and the first lesson on a slow phone."""

import gzip
from collections.abc import Iterator
from pathlib import Path

from catalog.preview import Server, Shown
from courses.reader import read_course
from exporters.contents import Plan, entries
from exporters.pages.files import BUILT
from schemas.package import Format
from tests.benchmarks.generate import write_course
from tests.conftest import ARGUMENTS

# A slow phone on a slow network: a quarter of this machine's speed, 1.6 Mbit/s, 150 ms there and back.
SLOWER = 4
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}


def player_size(_scratch: Path) -> Iterator[tuple[str, str, str, bool]]:
    """Script and style of each run-time, gzipped."""
    shared = [BUILT / "player" / name for name in ("player.css", "early.js")]
    for script in sorted((BUILT / "player").glob("*.js")):
        if script.name == "early.js":
            continue
        size = sum(len(gzip.compress(path.read_bytes(), 9)) for path in (script, *shared))
        yield f"player and style, {script.stem}", f"{size / 1024:.1f} KB gzipped", "60 KB", size <= 60 * 1024


def slow_phone(scratch: Path) -> Iterator[tuple[str, str, str, bool]]:
    """First contentful paint of a lesson in a cold browser."""
    from playwright.sync_api import sync_playwright

    course = read_course(write_course(scratch / "phone", lessons=10, pictures=2)).course
    if course is None:
        raise AssertionError
    shown = Shown("zh")
    shown.show(dict(entries(course, Plan(Format.HTML, "pages"))), ())
    import threading

    with Server(shown, port=0, live=False) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 360, "height": 740}, device_scale_factor=2)
        client = page.context.new_cdp_session(page)
        client.send("Network.enable")
        client.send("Network.emulateNetworkConditions", NETWORK)
        client.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(f"{server.address}{course.lessons[0].page}", wait_until="load")
        painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") / 1000
        browser.close()
        server.shutdown()
    yield "first lesson readable on a slow phone", f"{painted:.2f} s", "1.00 s", painted <= 1.0


MEASURES = (player_size, slow_phone)
