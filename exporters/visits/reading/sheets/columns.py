"""The columns of each kind of spreadsheet: Chinese names, and English ones, which are the keys of front matter."""

from exporters.visits.reading import keys
from exporters.visits.reading.sheets import cells
from exporters.visits.reading.sheets.sheet import Sheet
from exporters.visits.reading.takes import TAKES
from schemas.text import Text

# What a cell takes where that is written otherwise than in front matter.
_CELLS = {
    "themes": Text(
        "主题，如 数字化赋能；区域发展", "themes such as digital-empowerment; regional-development"
    ),
    "open": Text("开放时间，如 周二；周四上午", "opening times such as tue; thu-am"),
    "languages": Text("语言，如 zh；en", "languages such as zh; en"),
    "closures": Text(
        "停止接待的时段，如 2023-05-01 至 2023-05-07；2023-10-08",
        "periods such as 2023-05-01 to 2023-05-07; 2023-10-08",
    ),
    "days": Text(
        "上课时段，如 2023-03-06 至 2023-03-10；2023-04-03 上午",
        "teaching days such as 2023-03-06 to 2023-03-10; 2023-04-03 am",
    ),
    "taught": Text(
        "是（没有实地教学的半天在课堂上课）或 否", "yes (half-days without a visit are taught), or no"
    ),
    "visits": Text("需求，如 数字化赋能 ×2；C34 全天", "needs such as digital-empowerment x2; C34 day"),
    "wishes": Text("企业的标识，如 host-001；host-002", "enterprises' ids such as host-001; host-002"),
    "sample": Text("是 或 否", "yes or no"),
}
_WHERE = {"省份": "province", "城市": "city", "纬度": "latitude", "经度": "longitude"}

ENTERPRISES = Sheet(
    keys.ENTERPRISE,
    {
        "标识": "id", "名称": "name", "英文名称": "name_en", **_WHERE, "行业": "industry", "主题": "themes", "开放时间": "open",
        "最少人数": "smallest", "最多人数": "largest", "同时接待": "groups", "每周次数": "each_week", "全年次数": "each_year",
        "提前天数": "notice", "停止接待": "closures", "语言": "languages", "可看可学": "learns", "地址": "address", "安全要求": "safety",
        "保密要求": "confidentiality", "联系人": "contact_name", "电话": "contact_phone", "邮箱": "contact_email", "示例": "sample",
    },
    {
        "themes": cells.several,
        "open": cells.several,
        "closures": cells.closures,
        "languages": cells.several,
        "safety": cells.several,
        "confidentiality": cells.several,
        "sample": cells.yes,
    },
    {**TAKES[keys.EnterpriseKeys], **_CELLS},
)  # fmt: skip

COHORTS = Sheet(
    keys.COHORT,
    {
        "标识": "id", "名称": "name", "英文名称": "name_en", "机构": "institution", "人数": "size", **_WHERE, "语言": "language",
        "培训方案": "curriculum", "上课时段": "days", "是否授课": "taught", "需求": "visits", "意向企业": "wishes",
        "带队教师": "instructor_name", "电话": "instructor_phone", "邮箱": "instructor_email", "示例": "sample",
    },
    {
        "days": cells.days,
        "taught": cells.yes,
        "visits": cells.needs,
        "wishes": cells.several,
        "sample": cells.yes,
    },
    {**TAKES[keys.CohortKeys], **_CELLS},
)  # fmt: skip
