"""What comes out of the printer: dark words on white whatever the screen shows, and nothing folded away."""

import json

import pytest

from tests.browser.conftest import OpenPage, until

pytestmark = pytest.mark.browser
# Every element with words of its own that would be printed, and its contrast with the ground it stands on.
FAINT = """() => {
    const parse = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
    const light = (rgb) => rgb.slice(0, 3).map((part) => part / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
        .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const ground = (one) => {
        for (let at = one; at; at = at.parentElement) {
            const colour = parse(getComputedStyle(at).backgroundColor);
            if (colour.length === 3 || colour[3] === 1) return colour;
        }
        return [255, 255, 255];
    };
    const words = [...document.querySelectorAll('main *:not(svg *)')].filter((one) => one.checkVisibility()
        && !one.closest('.visually-hidden')
        && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
    const measured = words.map((one) => {
        const [a, b] = [light(parse(getComputedStyle(one).color)), light(ground(one))];
        return [one, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), b];
    });
    return { count: measured.length, faint: measured.filter(([, contrast, paper]) => contrast < 4.5 || paper < 0.6)
        .map(([one, contrast]) => `${contrast.toFixed(1)} ${one.outerHTML.slice(0, 90)}`) };
}"""


@pytest.mark.parametrize("theme", ["system", "dark"])
@pytest.mark.parametrize("name", ["prose.html", "kinds.html"])
def test_a_dark_screen_prints_dark_words_on_white(
    open_page: OpenPage, pages: str, name: str, theme: str
) -> None:
    page = open_page(f"{pages}/{name}", dark=True)
    if theme == "dark":
        kept = json.dumps(json.dumps({"theme": theme, "size": 1}))
        page.evaluate(f"localStorage.setItem('lingjun-reading', {kept})")
        page.reload()
    page.wait_for_selector(".bar .tool")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.emulate_media(media="print", color_scheme="dark")
    for kind in (".box", "th", "code") if name == "prose.html" else (".question", ".option", "legend"):
        assert page.locator(f"main {kind}").count() > 0
    found = page.evaluate(FAINT)
    assert found["count"] > 20
    assert found["faint"] == []
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_folded_words_are_printed_and_fold_again(open_page: OpenPage, pages: str) -> None:
    page = open_page(f"{pages}/prose.html")
    page.wait_for_selector(".bar .tool")
    page.evaluate("""() => {
        const all = [...document.querySelectorAll('main details')].filter((one) => !one.closest('.diagram'));
        window.folds = { before: all.map((one) => one.open) };
        addEventListener('beforeprint', () => { window.folds.printed = all.map((one) => one.open); });
        addEventListener('afterprint', () => { window.folds.after = all.map((one) => one.open); });
    }""")
    page.pdf()
    until(page, "Boolean(window.folds.after)")
    folds = page.evaluate("window.folds")
    assert not all(folds["before"])
    assert all(folds["printed"])
    assert folds["after"] == folds["before"]


def test_printing_tells_no_answers(open_page: OpenPage, pages: str) -> None:
    page = open_page(f"{pages}/kinds.html")
    page.wait_for_selector(".bar .tool")
    page.evaluate("""addEventListener('beforeprint', () => { window.told =
        [...document.querySelectorAll('.explanation, .option-feedback, .model')].map((one) => one.checkVisibility()); })""")
    page.pdf()
    told = page.evaluate("window.told")
    assert told
    assert not any(told)
