"""axe on a page that takes no script from anywhere: it is run by the browser's own hand."""

from typing import Any

from playwright.sync_api import Page

from tests.support.bridge import PLAYER

_AXE = PLAYER / "node_modules" / "axe-core" / "axe.min.js"


def violations(page: Page, *rules: str) -> list[tuple[str, str]]:
    """What it finds: WCAG 2.2 A and AA, and best practices, or what these rules of it find."""
    # It is half a megabyte, and stays as long as the document does.
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(_AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        """rules => axe.run({ resultTypes: ["violations"], ...(rules.length ? { runOnly: rules } : {}) })
            .then(result => result.violations)""",
        rules,
    )
    return [(one["id"], node["html"][:160]) for one in found for node in one["nodes"]]
