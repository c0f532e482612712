"""A small programme of site visits and its plan, written by hand; its people's data are easy to find in any output."""

from datetime import date

from exporters.visits.output.schedule import Schedule
from schemas.text import Text
from schemas.visits import (
    ClassDay,
    Cohort,
    Contact,
    Duration,
    Enterprise,
    Half,
    Need,
    Plan,
    Programme,
    Quality,
    Spot,
    Unserved,
    Visit,
)

SUZHOU = Spot("江苏省", "苏州市", 31.30408, 120.59538)
BEIJING = Spot("北京市", "北京市", 39.9075, 116.39723)
HANGZHOU = Spot("浙江省", "杭州市", 30.29365, 120.16142)
WEEKDAYS = tuple((day, half) for day in range(5) for half in Half)

HOST_CONTACTS = (
    Contact("示例联系人甲", "0512-5550101", "host-a@example.org"),
    Contact("示例联系人乙", "0571-5550102", "host-b@example.org"),
)
INSTRUCTORS = (
    Contact("示例教师丙", "010-55500103", "teacher-c@example.org"),
    Contact("示例教师丁", "010-55500104", "teacher-d@example.org"),
)
# Long, so that its lines have to be folded in the middle of Chinese.
LEARNS = (
    "从订单、排产、加工、检验到发运全程数据贯通的数字化车间，以及车间主任每天怎样用同一块看板开十五分钟的早会"
)


def enterprises() -> tuple[Enterprise, ...]:
    return (
        Enterprise(
            id="chenguang-bearing",
            name=Text("晨光轴承（示例）", "Chenguang Bearings (sample)"),
            spot=SUZHOU,
            industry="C3451",
            themes=("digital-empowerment", "specialized-innovative"),
            open=WEEKDAYS,
            learns=Text(LEARNS, "A shop floor whose data run from the order to the dispatch"),
            address=Text("示例路 1 号", "1 Sample Road"),
            safety=("进入车间须穿防砸鞋，长发须束起", "听从引导员指挥"),
            confidentiality=("二号车间不得拍照",),
            contact=HOST_CONTACTS[0],
            sample=True,
        ),
        Enterprise(
            id="qiantang-cloud",
            name=Text("钱塘云联（示例）", "Qiantang Cloud (sample)"),
            spot=HANGZHOU,
            industry="I6450",
            themes=("digital-empowerment", "large-sme-integration"),
            open=WEEKDAYS,
            contact=HOST_CONTACTS[1],
            sample=True,
        ),
    )


def cohorts() -> tuple[Cohort, ...]:
    days = tuple(ClassDay(date(2023, 3, day)) for day in (13, 14, 15, 16, 17))
    need = Need(
        id="digital",
        theme="digital-empowerment",
        count=2,
        objectives=(Text("能判断本企业的数字化等级", "Judge the digital level of one's own firm"),),
        source="tsinghua/digital-roadmap",
        source_title=Text("数字化路线图（示例）", "Digital roadmap (sample)"),
    )
    whole_day = Need(id="chain", theme="large-sme-integration", duration=Duration.DAY)
    return (
        Cohort(
            id="spring-1",
            name=Text("春季一班（示例）", "Spring class 1 (sample)"),
            institution="tsinghua",
            size=38,
            home=BEIJING,
            days=days,
            needs=(need,),
            instructor=INSTRUCTORS[0],
            sample=True,
        ),
        Cohort(
            id="spring-2",
            name=Text("春季二班（示例）", "Spring class 2 (sample)"),
            institution="zhejiang",
            size=42,
            home=HANGZHOU,
            days=days,
            needs=(whole_day, Need(id="tour", industry="C34")),
            instructor=INSTRUCTORS[1],
            sample=True,
        ),
    )


def programme() -> Programme:
    return Programme(
        edition="2022-2023",
        as_of=date(2023, 2, 1),
        enterprises=enterprises(),
        cohorts=cohorts(),
        off=frozenset({date(2023, 3, 11), date(2023, 3, 12), date(2023, 3, 18), date(2023, 3, 19)}),
        sample=True,
    )


def visits() -> tuple[Visit, ...]:
    return (
        Visit(
            id="spring-1/digital/1",
            cohort="spring-1",
            need="digital",
            enterprise="chenguang-bearing",
            day=date(2023, 3, 14),
            half=Half.AFTERNOON,
        ),
        Visit(
            id="spring-1/digital/2",
            cohort="spring-1",
            need="digital",
            enterprise="qiantang-cloud",
            day=date(2023, 3, 15),
            half=Half.MORNING,
            locked=True,
            sequence=2,
        ),
        Visit(
            id="spring-2/chain/1",
            cohort="spring-2",
            need="chain",
            enterprise="qiantang-cloud",
            day=date(2023, 3, 16),
        ),
    )


def plan() -> Plan:
    gone = Visit(
        id="spring-2/tour/1",
        cohort="spring-2",
        need="tour",
        enterprise="chenguang-bearing",
        day=date(2023, 3, 17),
        half=Half.MORNING,
        sequence=1,
    )
    why = Text("开放时间内没有空位", "no free half-day while it is open")
    return Plan(
        edition="2022-2023",
        programme="0" * 64,
        as_of=date(2023, 2, 1),
        visits=visits(),
        unserved=(Unserved("spring-2", "tour", 1, why),),
        cancelled=(gone,),
        quality=Quality(1034.5, {"unserved": 1000.0, "travel": 34.5}, bound=1030.0, seconds=2.5),
        seed=1,
        published=date(2023, 2, 3),
        sample=True,
    )


def schedule() -> Schedule:
    return Schedule(programme(), plan(), Text("实地教学（示例）", "Site visits (sample)"))
