"""Every word of the pages, in both languages."""

from types import SimpleNamespace

from catalog.web.api.bulk import MOST
from schemas.course import Mode
from schemas.text import Language, Text

WORDS = {
    "site": Text("领军课程目录", "Lingjun course catalogue"),
    "programme": Text("全国中小企业经营管理领军人才培训", "National training programme for SME leaders"),
    "skip": Text("跳到正文", "Skip to the content"),
    "search": Text("搜索课程", "Search courses"),
    "placeholder": Text("课程、主题、机构、讲师", "Course, theme, institution, lecturer"),
    "go": Text("搜索", "Search"),
    "themes": Text("主题", "Themes"),
    "filters": Text("筛选", "Filters"),
    "to_filters": Text("更多筛选", "More filters"),
    "everything": Text("全部", "All"),
    "courses": Text("课程", "Courses"),
    "clear": Text("清除全部条件", "Clear everything"),
    "remove": Text("去掉条件", "Remove"),
    "nothing": Text(
        "没有符合条件的课程。换个说法，或减少条件再试。",
        "No course matches. Try other words, or fewer conditions.",
    ),
    "next": Text("下一页", "Next page"),
    "first": Text("回到第一页", "Back to the first page"),
    "pages": Text("翻页", "Pages"),
    "sample": Text("示例", "Sample"),
    "published": Text("发布于", "Published"),
    "home": Text("全部课程", "All courses"),
    "about": Text("课程信息", "About the course"),
    "institution": Text("培训承担机构", "Institution"),
    "hours": Text("学时", "Hours"),
    "hours_by_theme": Text("各主题学时", "Hours by theme"),
    "audience": Text("企业梯度", "Audience"),
    "mode": Text("教学方式", "Taught"),
    "language": Text("语言", "Language"),
    "edition": Text("年度", "Edition"),
    "licence": Text("许可", "Licence"),
    "instructors": Text("讲师", "Lecturers"),
    "objectives": Text("学习目标", "Learning objectives"),
    "outline": Text("内容", "Contents"),
    "questions": Text("题", "questions"),
    "download": Text("下载课程包", "Download"),
    "choose_lms": Text("您用的学习平台", "Your LMS"),
    "format": Text("格式", "Format"),
    "size": Text("大小", "Size"),
    "at_first": Text("首次下载时生成", "built at the first download"),
    "why": Text("为什么这样选", "Why these formats"),
    "steps": Text("导入步骤", "How to import"),
    "sign_in": Text(
        "下载需要账号：请带上访问令牌，例如在命令行里：",
        "A download takes an account: send your access token, on a command line for example:",
    ),
    "bulk": Text("一次下载这些课程的课程包", "Download all of these at once"),
    "bulk_note": Text(
        "选好条件，这条命令就把符合条件的课程包、签名和签名清单打成一个压缩包下载（一次最多 {most} 门）；断开后再运行一次即从断点继续。"
        "把 scorm12 和 generic 换成您用的格式和学习平台。",
        "With the conditions chosen, this command downloads the packages of all courses that match as one archive, with their "
        "signatures and a signed list (at most {most} courses); run it again to go on where it stopped. Put the format and "
        "LMS that you use in place of scorm12 and generic.",
    ).format(most=MOST),
    "versions": Text("版本", "Versions"),
    "version": Text("版本", "Version"),
    "state": Text("状态", "State"),
    "date": Text("发布日期", "Published"),
    "current": Text("正在查看", "shown here"),
    "older": Text("这不是最新版本。", "This is not the current version."),
    "latest": Text("看最新版本", "See the current one"),
    "sections": Text("栏目", "Sections"),
    "curricula": Text("培训方案", "Curricula"),
    "all_curricula": Text("全部培训方案", "All curricula"),
    "what_curricula": Text(
        "一个班次上哪些课、去哪些企业、学多少学时、何时进行：各机构提交，中心批准。",
        "Which courses and enterprises a class has, for how many hours, and when: handed in by institutions, approved by the Centre.",
    ),
    "no_curricula": Text("没有符合条件的培训方案。", "No curriculum matches."),
    "courses_in": Text("门课程", "courses"),
    "course_in": Text("门课程", "course"),
    "text": Text("方案说明", "In words"),
    "about_curriculum": Text("方案信息", "About the curriculum"),
    "theme": Text("主题", "Theme"),
    "kind": Text("班次类型", "Class"),
    "cohort": Text("每班人数", "Trainees in a class"),
    "plan": Text("学时安排", "Hours by theme and mode"),
    "visits": Text("实地教学", "Site visits"),
    "industry": Text("行业（GB/T 4754）", "Industry (GB/T 4754)"),
    "count": Text("次数", "Visits"),
    "duration": Text("时长", "Duration"),
    "calendar": Text("日程", "Calendar"),
    "phase": Text("阶段", "Phase"),
    "starts": Text("开始", "Starts"),
    "ends": Text("结束", "Ends"),
    "not_whole": Text(
        "其中有课程的版本已撤销，所以这个方案的课程包不再发放。请等待机构发布方案的新版本。",
        "A version of one of its courses was withdrawn, so its packages are handed out no more. Wait for the institution's next version.",
    ),
    "error": Text("打不开这个页面", "This page can't be shown"),
    "feed": Text("订阅更新（Atom）", "Updates (Atom)"),
    "api": Text("接口文档", "API"),
    "tongue": Text("English", "中文"),
}
ANY_LMS = Text("通用", "Any")
NUMBER = Text("第 {n} 版", "Version {n}")
CURRICULA_FOUND = Text("共 {n} 个培训方案", "{n} curricula")
CURRICULUM_FOUND = Text("共 1 个培训方案", "1 curriculum")
AS_ONE = Text("合成一个课程包", "As one package")
AS_SET = Text("成套：每门课一个课程包", "As a set: a package a course")
NEWER = Text("已有第 {n} 版", "version {n} is out")
WITHDRAWN = Text("已撤销", "withdrawn")
TOTAL = Text("合计", "Total")
SAMPLE = Text("示例", "sample")
FOUND = Text("共 {n} 门课程", "{n} courses")
FOUND_ONE = Text("共 1 门课程", "1 course")
MATCHING = Text("“{query}”找到 {n} 门课程", "{n} courses for “{query}”")
KIND_NAMES = {
    "theme": Text("主题", "Theme"),
    "institution": Text("机构", "Institution"),
    "tier": Text("企业梯度", "Audience"),
    "mode": Text("教学方式", "Taught"),
    "edition": Text("年度", "Edition"),
    "language": Text("语言", "Language"),
}
MODES = {
    Mode.CLASSROOM.value: Text("面授", "in the classroom"),
    Mode.ONLINE.value: Text("线上", "online"),
    Mode.BLENDED.value: Text("混合", "blended"),
}
LANGUAGES = {"zh": Text("中文", "Chinese"), "en": Text("英文", "English")}
FORMATS = {
    "scorm12": "SCORM 1.2",
    "scorm2004-3": "SCORM 2004 3rd edition",
    "scorm2004-4": "SCORM 2004 4th edition",
    "cmi5": "cmi5",
    "xapi": "xAPI (Tin Can)",
    "imscc": "IMS Common Cartridge",
    "html": "HTML",
}


def in_language(language: Language) -> SimpleNamespace:
    """The words of one language by name."""
    return SimpleNamespace(**{name: text.say(language) for name, text in WORDS.items()})
