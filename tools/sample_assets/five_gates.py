"""The clip 供应商准入五道关: five gates on a road; its captions say the same words."""

from pathlib import Path

from tools.sample_assets.clip import WIDTH, canvas, ease, write_clip
from tools.sample_assets.draw import Canvas
from tools.sample_assets.palette import GREY, INK, MIST, PALE, STEEL, TEAL, WARM, WHITE

Gate = tuple[str, str, str, str]
"""Name, the customer's question, who decides, how long it takes."""

CHINESE: tuple[str, tuple[Gate, ...], str] = (
    "供应商准入五道关",
    (
        ("寻源", "有没有必要认识你？", "采购、研发说了算", "1～3 个月"),
        ("审核", "你会不会出事？", "供应商质量工程师说了算", "1～3 个月"),
        ("报价", "价格合不合理、能不能降？", "采购、成本说了算", "1～2 个月"),
        ("试制", "按量产条件做得出来吗？", "质量、研发说了算", "2～6 个月"),
        ("量产", "能不能一直稳定？", "质量、物流说了算", "长期"),
    ),
    "五关都过，才是合格供应商",
)
ENGLISH: tuple[str, tuple[Gate, ...], str] = (
    "Five gates to becoming a supplier",
    (
        ("Sourcing", "Is there a reason to know you?", "Purchasing and R&D decide", "1–3 months"),
        ("Audit", "Will you cause trouble?", "The supplier quality engineer decides", "1–3 months"),
        ("Quotation", "Is the price fair, and can it fall?", "Purchasing and costing decide", "1–2 months"),
        ("Trial", "Can you make it at production rate?", "Quality and R&D decide", "2–6 months"),
        ("Volume", "Can you keep it stable?", "Quality and logistics decide", "ongoing"),
    ),
    "Only a supplier past all five is qualified",
)
_FIRST, _EACH, _SECONDS = 1.0, 2.0, 12.0
_LEFT, _STEP, _BOX, _ROAD = 56, 174, 152, 190


def make_clip(path: Path, words: tuple[str, tuple[Gate, ...], str] = CHINESE) -> None:
    """Write the clip and its poster."""
    write_clip(path, lambda time: _frame(time, words), _SECONDS, poster_at=_FIRST + 1.5 * _EACH)


def write_captions(path: Path, words: tuple[str, tuple[Gate, ...], str] = CHINESE) -> None:
    """Write the WebVTT captions."""
    title, gates, end = words
    last = _FIRST + _EACH * len(gates)
    colon, space, stop = ("：", "", "。") if words is CHINESE else (": ", " ", ".")
    cues = [(0.0, _FIRST, f"{title}{stop}")]
    for number, (name, question, who, _) in enumerate(gates):
        start = _FIRST + _EACH * number
        cues.append((start, start + _EACH, f"{name}{colon}{question}{space}{who}{stop}"))
    cues.append((last, _SECONDS, f"{end}{stop}"))
    blocks = [f"00:00:{start:06.3f} --> 00:00:{until:06.3f}\n{text}" for start, until, text in cues]
    path.write_text("\n\n".join(["WEBVTT", *blocks]) + "\n", encoding="utf-8")


def _frame(time: float, words: tuple[str, tuple[Gate, ...], str]) -> Canvas:
    title, gates, end = words
    picture = canvas(PALE)
    picture.rect(0, 0, WIDTH, 84, TEAL)
    picture.text(WIDTH / 2, 42, title, size=30, colour=WHITE, bold=True)
    middle = _ROAD - 44
    centres = [_LEFT + _STEP * number + _BOX / 2 for number in range(len(gates))]
    picture.line([(20, middle), (WIDTH - 20, middle)], MIST, width=10)
    reached = 20.0
    for number, centre in enumerate(centres):
        before = 20.0 if number == 0 else centres[number - 1]
        reached += (centre - before) * ease(time, _FIRST + _EACH * number, 0.7)
    last = _FIRST + _EACH * len(gates)
    reached += (WIDTH - 20 - centres[-1]) * ease(time, last, 0.6)
    picture.line([(20, middle), (reached, middle)], WARM, width=10)
    for number, (name, _, _, months) in enumerate(gates):
        passed = time >= _FIRST + _EACH * number + 0.5
        x = _LEFT + _STEP * number
        picture.line(
            [(centres[number], middle), (centres[number], _ROAD)], STEEL if passed else MIST, width=4
        )
        fill, colour = (STEEL, WHITE) if passed else (MIST, INK)
        picture.box(x, _ROAD, _BOX, 84, name, fill=fill, colour=colour, size=26, radius=12)
        picture.text(centres[number], _ROAD + 108, months, size=18, colour=GREY)
    picture.circle(reached, middle, 15, WARM, outline=WHITE)
    _panel(picture, time, gates, end)
    return picture


def _panel(picture: Canvas, time: float, gates: tuple[Gate, ...], end: str) -> None:
    """What is asked at the gate of the moment."""
    number = int((time - _FIRST - 0.3) // _EACH)
    if number < 0:
        return
    picture.rect(56, 322, WIDTH - 112, 132, WHITE, radius=14)  # captions stand below
    if number >= len(gates):
        picture.text(WIDTH / 2, 388, end, size=32, colour=WARM, bold=True)
        return
    _, question, who, _ = gates[number]
    picture.text(WIDTH / 2, 366, question, size=32, bold=True)
    picture.text(WIDTH / 2, 416, who, size=22, colour=GREY)
