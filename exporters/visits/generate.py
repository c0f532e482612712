"""A made-up programme, the same for the same seed: enterprises and classes spread over China's industrial cities, classes that meet a
few weeks a year and need five visits. Everything in it is labelled as a sample."""

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import yaml

from exporters.visits.syllabi import curriculum_id, syllabi
from schemas.edition import editions
from schemas.errors import UsageError
from schemas.system import system_reason
from schemas.text import Text

EDITION = "2022-2023"
AS_OF = date(2022, 12, 1)
FIRST_MONDAY = date(2023, 2, 13)
WEEKS = 38  # in which classes meet

_CITIES = (
    ("北京市", "北京市"), ("天津市", "天津市"), ("上海市", "上海市"), ("重庆市", "重庆市"), ("江苏省", "苏州市"), ("江苏省", "无锡市"),
    ("江苏省", "常州市"), ("浙江省", "杭州市"), ("浙江省", "宁波市"), ("浙江省", "温州市"), ("广东省", "深圳市"), ("广东省", "佛山市"),
    ("广东省", "东莞市"), ("湖北省", "武汉市"), ("湖南省", "长沙市"), ("湖南省", "株洲市"), ("陕西省", "西安市"), ("四川省", "成都市"),
    ("四川省", "绵阳市"), ("山东省", "青岛市"), ("山东省", "烟台市"), ("安徽省", "合肥市"), ("安徽省", "芜湖市"), ("福建省", "泉州市"),
    ("福建省", "厦门市"), ("河南省", "郑州市"), ("河南省", "洛阳市"), ("辽宁省", "沈阳市"), ("辽宁省", "大连市"), ("江西省", "南昌市"),
)  # fmt: skip
_HOMES = {
    "tsinghua": ("北京市", "北京市"),
    "zju": ("浙江省", "杭州市"),
    "sjtu": ("上海市", "上海市"),
    "hust": ("湖北省", "武汉市"),
    "nwpu": ("陕西省", "西安市"),
    "uestc": ("四川省", "成都市"),
    "csu": ("湖南省", "长沙市"),
    "sdu": ("山东省", "济南市"),
}
_TRADES = {
    "C34": Text("泵业", "Pumps"),
    "C35": Text("装备", "Machinery"),
    "C36": Text("汽车部件", "Car Parts"),
    "C38": Text("电气", "Electrics"),
    "C39": Text("电子", "Electronics"),
    "C40": Text("仪器", "Instruments"),
    "C26": Text("化工", "Chemicals"),
    "C27": Text("医药", "Medicines"),
    "C29": Text("橡塑", "Plastics"),
    "C33": Text("金属", "Metals"),
    "C14": Text("食品", "Foods"),
    "I65": Text("软件", "Software"),
}
_NAMES = (
    "晨光",
    "远山",
    "钱塘",
    "锦江",
    "岭南",
    "楚天",
    "长安",
    "泰岳",
    "江淮",
    "潇湘",
    "巴渝",
    "燕云",
    "海岳",
    "中原",
    "辽海",
)
_SEEN = (
    Text(
        "全程数据贯通的数字化车间，以及车间主任每天怎样用同一块看板开晨会",
        "A shop floor whose data run from order to dispatch, and its morning meeting",
    ),
    Text("与上百家配套企业共用的供应链协同平台", "A platform shared with a hundred suppliers"),
    Text("从客户抱怨到设计更改的闭环研发流程", "How a customer's complaint becomes a change of design"),
    Text("精益改善的看板、提案制度与效果核算", "Lean improvement: boards, proposals, and what they bring"),
)
_SAFETY = ("进入车间须戴安全帽、穿防砸鞋，长发须束起", "听从引导员指挥，不跨越黄线", "不触碰设备与在制品")
_SECRET = ("车间内不得拍照、录音", "不带走任何资料", "学员须签署保密承诺")
_GOAL = Text(
    "看清另一主题的标杆做法，判断哪些可以用到本企业",
    "See how a benchmark of another theme works, and what of it would suit one's own firm",
)
_UNWRITABLE = Text("无法写入 {path}：{reason}", "{path} can't be written: {reason}")


def write_sample(root: Path, *, cohorts: int, enterprises: int, seed: int) -> None:
    """Write the folder of a made-up programme. Raises UsageError where it can't be written."""
    try:
        for name, matter, body in _files(random.Random(seed), cohorts, enterprises):  # noqa: S311 (a sample, no secret)
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            text = yaml.safe_dump(dict(matter), allow_unicode=True, sort_keys=False, width=110)
            file.write_text(f"---\n{text}---\n\n{body}\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(_UNWRITABLE.format(path=root, reason=system_reason(error))) from error


def _files(
    dice: random.Random, cohorts: int, enterprises: int
) -> Iterator[tuple[str, Mapping[str, object], str]]:
    terms = editions()[EDITION].themes
    themes = [term.slug for term in terms]
    yield (
        "programme.md",
        {
            "title": {"zh": "实地教学计划（示例）", "en": "Site visits (sample)"},
            "edition": EDITION,
            "as_of": AS_OF,
            "sample": True,
        },
        "示例资料：企业、班次与人员均为虚构。",
    )
    yield from syllabi(terms, EDITION)
    for number in range(1, enterprises + 1):
        yield f"enterprises/host-{number:03d}.md", _enterprise(dice, number, themes), "示例企业，纯属虚构。"
    for number in range(1, cohorts + 1):
        yield f"cohorts/class-{number:03d}.md", _cohort(dice, number, themes), "示例班次，纯属虚构。"


def _enterprise(dice: random.Random, number: int, themes: list[str]) -> dict[str, object]:
    province, city = dice.choice(_CITIES)
    division = dice.choice(sorted(_TRADES))
    trade = _TRADES[division]
    seen = dice.choice(_SEEN)
    weekdays = dice.sample(["周一", "周二", "周三", "周四", "周五"], k=dice.randint(3, 5))
    shuts = FIRST_MONDAY + timedelta(days=dice.randrange(7 * WEEKS))
    return {
        "name": {
            "zh": f"{dice.choice(_NAMES)}{trade.zh}{number}厂（示例）",
            "en": f"{trade.en} Works {number} (sample)",
        },
        "province": province,
        "city": city,
        "industry": f"{division}{dice.randint(11, 69)}",
        "themes": sorted(dice.sample(themes, k=dice.randint(1, min(3, len(themes))))),
        "open": sorted(weekdays, key="周一周二周三周四周五".index),
        "largest": dice.choice([40, 50, 60, 80]),
        "groups": dice.choice([1, 1, 1, 2]),
        "each_week": dice.choice([1, 2, 3]),
        "each_year": dice.choice([6, 10, 15, 20]),
        "notice": dice.choice([7, 14, 21]),
        "closures": [
            {"starts": shuts, "ends": shuts + timedelta(days=dice.randint(3, 10)), "reason": "设备检修"}
        ],
        "learns": {"zh": seen.zh, "en": seen.en},
        "address": {"zh": f"示例路 {number} 号", "en": f"{number} Sample Road"},
        "safety": list(_SAFETY[: dice.randint(1, 3)]),
        "confidentiality": list(_SECRET[: dice.randint(1, 3)]),
        "contact": {
            "name": f"示例联系人{number:03d}",
            "phone": f"010-5550-{1000 + number}",
            "email": f"host{number}@example.org",
        },
        "sample": True,
    }


def _cohort(dice: random.Random, number: int, themes: list[str]) -> dict[str, object]:
    institution = dice.choice(sorted(_HOMES))
    province, city = _HOMES[institution]
    first = dice.randrange(WEEKS - 12)
    windows = []
    for step in (0, 4, 8, 12):
        monday = FIRST_MONDAY + timedelta(weeks=first + step)
        windows.append({"from": monday, "to": monday + timedelta(days=4), "taught": False})
    theme = dice.choice(themes)
    # The curriculum asks for three visits; what is special to this class it says itself.
    needs = [
        {"theme": other, "objectives": [{"zh": _GOAL.zh, "en": _GOAL.en}]}
        for other in dice.sample([one for one in themes if one != theme], k=2)
    ]
    return {
        "name": {"zh": f"第{number}期领军人才班（示例）", "en": f"Leaders' class {number} (sample)"},
        "institution": institution,
        "size": dice.randint(28, 58),
        "province": province,
        "city": city,
        "curriculum": curriculum_id(theme),
        "days": windows,
        "visits": needs,
        "instructor": {
            "name": f"示例教师{(number + 1) // 2:03d}",
            "phone": f"010-5551-{1000 + (number + 1) // 2}",
            "email": f"teacher{(number + 1) // 2}@example.org",
        },
        "sample": True,
    }
