"""A programme's folder: Markdown and spreadsheets, sound and not."""

from pathlib import Path

import pytest
import xlsxwriter

from exporters.visits.generate import write_sample
from exporters.visits.keys import opening
from exporters.visits.reading import read_programme
from schemas.errors import InputError
from schemas.visits import Half

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
    [(8, "很多", "visit-sheet-cell"), (5, "34C", "visit-sheet-cell"), (4, "乌有市", "visit-place-unknown"),
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
