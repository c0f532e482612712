"""The columns of each kind of spreadsheet: Chinese names, and English ones, which are the keys of front matter."""

from exporters.visits.reading import keys
from exporters.visits.reading.sheets import cells
from exporters.visits.reading.sheets.sheet import Sheet

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
)  # fmt: skip
