"""Words that several outputs share."""

import unicodedata
from datetime import date

from exporters.visits.output.schedule import Appointment
from schemas.text import Language, Text
from schemas.visits import Enterprise, Half, Visit

SAMPLE = Text("示例", "Sample")
SITE_VISIT = Text("实地教学", "Site visit")
CANCELLED = Text("已取消", "Cancelled")
THEME = Text("主题", "Theme")
ASKED_BY = Text("提出方", "Asked for by")
OBJECTIVES = Text("学习目标", "Learning objectives")
LEARNS = Text("可看可学", "What there is to learn")
SAFETY = Text("安全要求", "Safety")
CONFIDENTIALITY = Text("保密要求", "Confidentiality")
HOST_CONTACT = Text("企业联系人", "Contact at the host")
INSTRUCTOR = Text("带队教师", "Instructor")
COHORT = Text("班次", "Class")
HOST = Text("接待企业", "Host")
INSTITUTION = Text("培训承担机构", "Institution")
PLACE = Text("地点", "Place")
TRAINEES = Text("{n} 人", "{n} trainees")
DAY = Text("日期", "Date")
HOURS = Text("时间", "Time")

HALVES: dict[Half | None, Text] = {
    Half.MORNING: Text("上午", "morning"),
    Half.AFTERNOON: Text("下午", "afternoon"),
    None: Text("全天", "whole day"),
}
WEEKDAYS = (
    Text("周一", "Mon"),
    Text("周二", "Tue"),
    Text("周三", "Wed"),
    Text("周四", "Thu"),
    Text("周五", "Fri"),
    Text("周六", "Sat"),
    Text("周日", "Sun"),
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def place(enterprise: Enterprise) -> Text:
    """Province, city and address; a municipality is named once."""
    spot = enterprise.spot
    region = (
        spot.city if spot.province.rstrip("省市") == spot.city.rstrip("市") else spot.province + spot.city
    )
    address = enterprise.address
    return Text(
        f"{region}{address.say('zh')}", ", ".join(filter(None, (address.say("en"), spot.city, spot.province)))
    )


def day_name(day: date) -> Text:
    """“3月12日（周二）”, “Tue 12 Mar”."""
    weekday = WEEKDAYS[day.weekday()]
    return Text(
        f"{day.month}月{day.day}日（{weekday.zh}）", f"{weekday.en} {day.day} {_MONTHS[day.month - 1]}"
    )


def full_day(day: date) -> Text:
    """The same with the year."""
    name = day_name(day)
    return Text(f"{day.year}年{name.zh}", f"{name.en} {day.year}")


def month_name(day: date) -> Text:
    """“2023年3月”, “Mar 2023”."""
    return Text(f"{day.year}年{day.month}月", f"{_MONTHS[day.month - 1]} {day.year}")


def hours(one: Appointment) -> str:
    """“09:00–11:30”."""
    return f"{one.starts:%H:%M}–{one.ends:%H:%M}"


def half(visit: Visit) -> Text:
    """Morning, afternoon or the whole day."""
    return HALVES[visit.half]


def marked(text: str, language: Language, *, sample: bool) -> str:
    """The words, marked where they are made up and don't say so themselves."""
    if not sample or SAMPLE.zh in text or SAMPLE.en.lower() in text.lower():
        return text
    return f"【{SAMPLE.zh}】{text}" if language == "zh" else f"[{SAMPLE.en}] {text}"


PARTS = {
    "unserved": Text("未安排的需求", "visits not planned"),
    "travel": Text("路程", "travel"),
    "regions": Text("省份重复", "provinces visited again"),
    "industries": Text("行业重复", "industries visited again"),
    "load": Text("企业负荷", "load on hosts"),
    "wishes": Text("未满足的意愿", "wishes not met"),
    "changes": Text("与上一版的变动", "changes to the last plan"),
}
MASTER_PLAN = Text("实地教学总表", "Site visits: master plan")
NEEDED = Text("应安排", "Needed")
PLANNED = Text("已安排", "Planned")
REASON = Text("原因", "Reason")
ALL = Text("合计", "Total")


def part(name: str) -> Text:
    """A part of a plan's points, in words."""
    return PARTS.get(name, Text(name))


def per_cent(share: float) -> str:
    """“0.42%”; as many digits as the number is worth."""
    return f"{100 * share:.2f}%" if share < 0.1 else f"{100 * share:.1f}%"


def plain(text: str) -> str:
    """`text` without the control characters that neither RFC 5545 (3.1) nor a printed page allows."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        c for c in lines if c == "\n" or c.isprintable() or unicodedata.category(c) not in _CONTROL
    )


_CONTROL = frozenset({"Cc", "Cs", "Zl", "Zp"})
