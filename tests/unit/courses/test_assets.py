"""Names, types and safety of the author's files."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.assets import asset_of, is_active, package_path


@given(st.text(min_size=1).filter(lambda name: "\0" not in name))
def test_a_package_path_is_a_short_ascii_name(source: str) -> None:
    path = package_path(source)
    assert path.isascii()
    assert path.startswith("assets/")
    assert path == path.lower()
    assert len(path) <= 70
    assert not set(path.removeprefix("assets/")) & set('/\\:*?"<>| ')


def test_a_package_path_keeps_what_can_be_read() -> None:
    assert package_path("assets/Three Levels.PNG").startswith("assets/three-levels-")
    assert package_path("assets/Three Levels.PNG").endswith(".png")
    assert package_path("assets/图.png") != package_path("assets/画.png")
    assert package_path("a/x.png") != package_path("b/x.png")
    assert package_path("assets/e\u0301.png") == package_path("assets/\u00e9.png")


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.PNG", "image/png"),
        ("b.mp4", "video/mp4"),
        ("c.vtt", "text/vtt"),
        ("d.unknown", "application/octet-stream"),
    ],
)
def test_media_types_are_ours(tmp_path: Path, name: str, media_type: str) -> None:
    (tmp_path / name).write_bytes(b"12345")
    asset = asset_of(tmp_path, name)
    assert (asset.media_type, asset.size) == (media_type, 5)


SAFE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">
  <style>.online{fill:#123} text{font:9px sans-serif}</style>
  <defs><g id="dot"><circle r="1"/></g></defs><use xlink:href="#dot" class="online"/>
  <image href="data:image/png;base64,AAAA"/><text>onload 与 script</text>
</svg>
"""
ACTIVE = [
    "<script>1</script>",
    "<SCRIPT/>",
    '<svg:script xmlns:svg="http://www.w3.org/2000/svg">1</svg:script>',
    '<rect onclick="1"/>',
    "<rect fill='a'onload='1'/>",
    '<a href="javascript:1">x</a>',
    '<a xlink:href="java&#115;cript:1">x</a>',
    '<use href="https://elsewhere.example/x.svg#a"/>',
    '<image href="data:image/svg+xml;base64,AAAA"/>',
    "<foreignObject><body/></foreignObject>",
    '<set attributeName="href" to="javascript:1"/>',
    '<animate attributeName="xlink:href" values="javascript:1"/>',
    "<style>@import url(x.css)</style>",
    '<?xml-stylesheet href="x.xsl"?>',
]


def test_an_ordinary_drawing_is_safe(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(SAFE, encoding="utf-8")
    assert not is_active(tmp_path, asset_of(tmp_path, "a.svg"))


@pytest.mark.parametrize("part", ACTIVE)
def test_a_drawing_that_can_run_something_is_not(tmp_path: Path, part: str) -> None:
    (tmp_path / "a.svg").write_text(SAFE.replace("</svg>", f"{part}</svg>"), encoding="utf-8")
    assert is_active(tmp_path, asset_of(tmp_path, "a.svg"))


@pytest.mark.parametrize("raw", ["<svg/>".encode("utf-16"), b"\xff\xfe", b"<svg>\0</svg>"])
def test_a_drawing_that_cannot_be_looked_into_is_not(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "a.svg").write_bytes(raw)
    assert is_active(tmp_path, asset_of(tmp_path, "a.svg"))


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.js", "a.xhtml", "a.swf"])
def test_web_pages_and_programs_are_not_safe(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert is_active(tmp_path, asset_of(tmp_path, name))
