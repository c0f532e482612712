"""A transcript to read, from WebVTT captions (W3C WebVTT, 4.1)."""

import html
import re

from courses.markdown.characters import breaks_without_space

_BLANK_LINES = re.compile(r"\n[ \t]*\n+")
_TAG = re.compile(r"<[^<>]*>")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^<>]+)>")
_SENTENCE_ENDS = frozenset("。！？….!?”」")
# A paragraph is closed at the first end of a sentence after so many characters.
_PARAGRAPH = 120


def paragraphs(vtt: str) -> list[str]:
    """The captions' words as paragraphs; a new voice starts a new one and is named."""
    found: list[str] = []
    current, speaker = "", ""
    for voice, words in _cues(vtt):
        if voice and voice != speaker:
            if current:
                found.append(current)
            speaker, current = voice, f"{voice}：" if words and words[0] > "\u2e80" else f"{voice}: "
        current = _joined(current, words)
        if len(current) >= _PARAGRAPH and current[-1] in _SENTENCE_ENDS:
            found.append(current)
            current = ""
    return [*found, current] if current else found


def _cues(vtt: str) -> list[tuple[str, str]]:
    cues = []
    for block in _BLANK_LINES.split(vtt.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip().split("\n")
        timing = next((n for n, line in enumerate(lines[:2]) if "-->" in line), None)
        if timing is None:
            continue
        voice, words = "", ""
        for line in lines[timing + 1 :]:
            if match := _VOICE.search(line):
                voice = html.unescape(match[1]).strip()
            words = _joined(words, html.unescape(_TAG.sub("", line)).strip())
        if words:
            cues.append((voice, words))
    return cues


def _joined(before: str, after: str) -> str:
    if not before or not after or before[-1] in "： " or breaks_without_space(before[-1], after[0]):
        return before + after
    return f"{before} {after}"
