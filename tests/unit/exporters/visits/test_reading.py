"""A programme's folder: Markdown and spreadsheets, sound and not."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from exporters.visits.generate import write_sample
from exporters.visits.output.tables import defused
from exporters.visits.reading import Reading, read_programme
from exporters.visits.reading.keys import opening
from schemas.errors import InputError
from schemas.text import Text
from schemas.visits import Duration, Half

HEAD = [
    "标识",
    "名称",
    "英文名称",
    "省份",
    "城市",
    "行业",
    "主题",
    "开放时间",
    "最多人数",
    "停止接待",
    "联系人",
]
ROW = ["sz-1", "甲厂（示例）", "Works A (sample)", "江苏省", "苏州市", "C3451", "digital-empowerment；regional-development",
       "周一；周二上午", "45", "2023-05-01 至 2023-05-07", "示例联系人"]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_sample(tmp_path, cohorts=2, enterprises=2, seed=1)
    return tmp_path


def write_csv(folder: Path, *rows: list[str], encoding: str = "utf-8-sig") -> None:
    text = "\r\n".join(",".join(row) for row in (HEAD, *rows))
    (folder / "enterprises.csv").write_bytes(text.encode(encoding))


def test_a_sample_has_no_mistake_and_is_the_same_for_the_same_seed(folder: Path, tmp_path: Path) -> None:
    read = read_programme(folder)
    assert read.diagnostics == ()
    assert read.programme is not None
    assert read.programme.sample
    assert all(one.sample for one in (*read.programme.enterprises, *read.programme.cohorts))
    write_sample(tmp_path / "again", cohorts=2, enterprises=2, seed=1)
    assert read_programme(tmp_path / "again").programme == read.programme


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gbk"])
def test_enterprises_from_csv(folder: Path, encoding: str) -> None:
    write_csv(folder, ROW, encoding=encoding)
    read = read_programme(folder)
    assert read.programme is not None, read.diagnostics
    host = read.programme.enterprises[-1]
    assert (host.id, host.name.zh, host.name.en, host.largest) == (
        "sz-1",
        "甲厂（示例）",
        "Works A (sample)",
        45,
    )
    assert host.open == ((0, Half.MORNING), (0, Half.AFTERNOON), (1, Half.MORNING))
    assert host.themes == ("digital-empowerment", "regional-development")
    assert [str(one.ends) for one in host.closures] == ["2023-05-07"]
    assert host.spot.latitude == pytest.approx(31.3, abs=0.1)


def test_enterprises_from_a_workbook(folder: Path) -> None:
    with xlsxwriter.Workbook(folder / "enterprises.xlsx") as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate((HEAD, ROW)):
            for column, cell in enumerate(cells):
                sheet.write(row, column, float(cell) if cell == "45" else cell)
    read = read_programme(folder)
    assert read.programme is not None, read.diagnostics
    assert read.programme.enterprises[-1].largest == 45


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [(8, "很多", "visit-sheet-cell"), (5, "34C", "visit-sheet-cell"), (5, "C47", "visit-industry-unknown"), (4, "乌有市", "visit-place-unknown"),
     (7, "星期八", "visit-opening"), (0, "host-001", "visit-id-twice")],
)  # fmt: skip
def test_a_wrong_cell_is_told_with_row_and_column(folder: Path, column: int, value: str, code: str) -> None:
    write_csv(folder, ROW, [*ROW[:column], value, *ROW[column + 1 :]] if column else [value, *ROW[1:]])
    found = [one for one in read_programme(folder).errors if one.code == code]
    assert found
    if code == "visit-sheet-cell":
        assert (found[0].place.line, found[0].place.column) == (3, column + 1)
        assert value in found[0].message.zh
        assert found[0].cure.zh


def test_an_unknown_column_and_a_broken_workbook(folder: Path) -> None:
    (folder / "enterprises.csv").write_text("名称,星座\n甲,乙\n", encoding="utf-8")
    (folder / "enterprises.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    codes = {one.code for one in read_programme(folder).errors}
    assert {"visit-sheet-column", "visit-sheet-unreadable"} <= codes


@pytest.mark.parametrize(
    ("name", "raw", "why"),
    [
        ("cohorts.xlsx", b"PK\x03\x04 no workbook", "不是完好的 Excel 工作簿"),
        ("cohorts.csv", "名称,机构".encode("utf-16"), "UTF-16"),
        ("cohorts.csv", b"a," + b"x" * 200_000, "太长"),
        ("cohorts.csv", b"a\n" * 20_001, "超过 20000 行"),
    ],
)
def test_a_table_that_cannot_be_read_is_told_with_the_reason(
    folder: Path, name: str, raw: bytes, why: str
) -> None:
    (folder / name).write_bytes(raw)
    told = next(one for one in read_programme(folder).errors if one.code.startswith("visit-sheet-"))
    assert why in told.message.zh
    assert told.message.en != told.message.zh


def test_a_folder_without_a_programme_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_programme(tmp_path)


@pytest.mark.parametrize("written", ["", "周八", "mon-xm", "周一晚上"])
def test_what_is_no_opening_time(written: str) -> None:
    assert opening(written) == ()


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("2023-05-01 至 2023-05-07", [("2023-05-01", "2023-05-07")]),
        ("2023/5/1-2023/5/7；2023年10月8日", [("2023-05-01", "2023-05-07"), ("2023-10-08", "2023-10-08")]),
        ("2023.5.1 to 2023.5.7", [("2023-05-01", "2023-05-07")]),
        ("五月第一周", None),
        ("2023-05-01 至", None),
        ("2023-05-01 至 2023-05-07；六月", None),
    ],
)
def test_a_closure_is_understood_or_told_never_dropped(
    folder: Path, written: str, days: list[tuple[str, str]] | None
) -> None:
    place = HEAD.index("停止接待")
    write_csv(folder, [*ROW[:place], written, *ROW[place + 1 :]])
    read = read_programme(folder)
    if days is None:
        [told] = read.errors
        assert (told.code, told.place.line, told.place.column) == ("visit-sheet-cell", 2, place + 1)
    else:
        assert read.programme is not None, read.diagnostics
        closed = read.programme.enterprises[-1].closures
        assert [(str(one.starts), str(one.ends)) for one in closed] == days


CLASS_HEAD = [
    "名称",
    "机构",
    "人数",
    "省份",
    "城市",
    "培训方案",
    "上课时段",
    "是否授课",
    "需求",
    "意向企业",
    "带队教师",
    "示例",
]
CLASS_ROW = ["春季班（示例）", "tsinghua", "40", "北京市", "北京市", "sample-digital-empowerment",
             "2023-03-06 至 2023年3月7日；2023/4/3 上午", "否", "数字化赋能 ×2；C34 全天", "host-002", "示例教师", "是"]  # fmt: skip


def write_classes(folder: Path, *rows: list[str], head: list[str] = CLASS_HEAD) -> None:
    text = "\r\n".join(",".join(row) for row in (head, *rows))
    (folder / "cohorts.csv").write_bytes(text.encode("gbk"))


def test_classes_from_csv(folder: Path) -> None:
    write_classes(folder, CLASS_ROW)
    read = read_programme(folder)
    assert read.programme is not None, read.diagnostics
    cohort = read.programme.cohorts[-1]
    assert (cohort.id, cohort.name.zh, cohort.size, cohort.sample) == (
        "春季班-示例",
        "春季班（示例）",
        40,
        True,
    )
    morning, whole = (Half.MORNING,), (Half.MORNING, Half.AFTERNOON)
    assert [(str(one.day), one.halves, one.taught) for one in cohort.days] == [
        ("2023-03-06", whole, False),
        ("2023-03-07", whole, False),
        ("2023-04-03", morning, False),
    ]
    needs = {need.id: (need.theme, need.industry, need.count, need.duration) for need in cohort.needs}
    assert needs["digital-empowerment"] == ("digital-empowerment", "", 2, Duration.HALF_DAY)
    assert needs["C34.day"] == ("", "C34", 1, Duration.DAY)
    assert "digital-empowerment-practice.C" in needs, "what the curriculum asks for"
    assert (cohort.wishes, cohort.instructor.name) == (("host-002",), "示例教师")


def test_classes_from_a_workbook_with_english_names_and_real_dates(folder: Path) -> None:
    head = ["id", "name", "name_en", "institution", "size", "province", "city", "days", "visits"]
    row = ["spring", "春季班", "Spring", "tsinghua", 40.0, "北京市", "北京市", date(2023, 3, 6), "C x3"]

    def read(*lines: list[object]) -> Reading:
        with xlsxwriter.Workbook(folder / "cohorts.xlsx", {"default_date_format": "yyyy-mm-dd"}) as book:
            sheet = book.add_worksheet()
            for number, line in enumerate(
                lines, start=2
            ):  # two empty rows above: places are those that one sees
                sheet.write_row(number, 0, line)
        return read_programme(folder)

    found = read([*head], [*row])
    assert found.programme is not None, found.diagnostics
    cohort = found.programme.cohorts[-1]
    assert (cohort.id, cohort.name, cohort.size) == ("spring", Text("春季班", "Spring"), 40)
    assert ([str(one.day) for one in cohort.days], cohort.needs[0].count) == (["2023-03-06"], 3)
    told = [(one.place.line, one.message.zh) for one in read([*head], [*row], ["", "缺项班"]).errors]
    assert (5, "第 5 行没有“institution”。") in told
    assert {line for line, _ in told} == {5}


@pytest.mark.parametrize(
    ("column", "value", "code", "near"),
    [
        (2, "四十", "visit-sheet-cell", ""), (2, "", "visit-sheet-missing", ""), (4, "乌有市", "visit-place-unknown", ""),
        (5, "sample-digital-empowermant", "visit-curriculum-unknown", "sample-digital-empowerment"),
        (6, "三月第一周", "visit-sheet-cell", ""), (6, "2023-02-31", "visit-sheet-cell", ""),
        (6, "2023-03-07 至 2023-03-06", "visit-window", ""), (7, "也许", "visit-sheet-cell", ""),
        (8, "C34 C35", "visit-sheet-cell", ""), (8, "digital-empowermant", "theme-unknown", "digital-empowerment"),
        (8, "数字化赋", "visit-sheet-cell", "digital-empowerment"), (9, "host-02", "visit-wish-unknown", "host-002"),
    ],
)  # fmt: skip
def test_a_wrong_cell_of_a_class_is_told_with_row_column_and_nearest_word(
    folder: Path, column: int, value: str, code: str, near: str
) -> None:
    write_classes(folder, CLASS_ROW, [*CLASS_ROW[:column], value, *CLASS_ROW[column + 1 :]])
    told = next(one for one in read_programme(folder).diagnostics if one.code == code)
    assert (told.place.file, told.place.line, told.place.column) == ("cohorts.csv", 3, column + 1)
    for words in (told.message, told.cure):
        assert words.zh
        assert words.en
        assert words.zh != words.en
    assert near in told.cure.zh


def test_columns_that_are_unknown_or_there_twice(folder: Path) -> None:
    write_classes(folder, [*CLASS_ROW, "x", "y"], head=[*CLASS_HEAD, "机构", "人员数"])
    told = {one.code: one for one in read_programme(folder).errors}
    assert told["visit-sheet-column-twice"].place.column == len(CLASS_HEAD) + 1
    unknown = told["visit-sheet-column"]
    assert (unknown.place.line, unknown.place.column) == (1, len(CLASS_HEAD) + 2)
    assert "人数" in unknown.cure.zh.partition("可用")[0]


def test_formulas_stay_text_in_csv_and_are_their_last_result_in_a_workbook(folder: Path) -> None:
    write_classes(folder, ['"=HYPERLINK(""x"")"', *CLASS_ROW[1:]])
    with xlsxwriter.Workbook(folder / "cohorts.xlsx") as book:
        sheet = book.add_worksheet()
        for column, (head, cell) in enumerate(zip(CLASS_HEAD, CLASS_ROW, strict=True)):
            sheet.write_string(0, column, head)
            sheet.write_string(1, column, cell)
        sheet.write_string(1, 0, "夏季班（示例）")
        sheet.write_formula(1, CLASS_HEAD.index("人数"), "=20+21", None, 41)
    read = read_programme(folder)
    assert read.programme is not None, read.diagnostics
    text, worked_out = read.programme.cohorts[-2:]
    assert defused(text.name.zh) == '\'=HYPERLINK("x")'
    assert worked_out.size == 41
