"""A participant's file: opened whatever it is written in, or refused with what to do; nothing in it is run."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
from old_workbooks import compound, excel_97

from custlib.content import Words
from custlib.course.files import CELLS, examine
from custlib.errors import BadSetting, UnreadableFile

LINES = "客户,日期,金额\n振业电机有限公司,2025-03-07,12.50\n海川机械厂,2025-03-08,3.00\n"
ROWS = [line.split(",") for line in LINES.strip().split("\n")]


def workbook(path: Path, rows: list[list[object]] = ROWS, **sheets: list[list[object]]) -> Path:  # type: ignore[assignment]
    book = openpyxl.Workbook()
    book.active.title = "订单"
    for row in rows:
        book.active.append(row)
    for name, content in sheets.items():
        sheet = book.create_sheet(name, 0)
        for row in content:
            sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("gbk", b""), ("gb18030", b""), ("utf-16", b""), ("utf-16-le", b""), ("utf-16-be", b"\xfe\xff"), ("utf-16-be", b"")],
)  # fmt: skip
def test_a_text_is_read_in_every_encoding(tmp_path: Path, encoding: str, mark: bytes, separator: str) -> None:
    """UTF-8 with and without a mark, GBK, GB18030 and UTF-16; comma, semicolon, tab and bar."""
    path = tmp_path / "名单.csv"
    path.write_bytes(mark + LINES.replace(",", separator).encode(encoding))

    assert [list(row) for row in examine(path).rows()] == ROWS


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("cp1252", "Kunde;Datum\nMüller Söhne GmbH;5,00\nFrançois Lefèvre;3,00\nJosé Peña;2,00\n"), ("big5", "客戶,金額\n中華電信公司,5\n臺灣機械工業,3\n國際貿易商行,2\n")],
)  # fmt: skip
def test_an_encoding_that_is_not_chinese_is_told_apart(tmp_path: Path, encoding: str, text: str) -> None:
    """An umlaut is not taken for half a Chinese character, nor Big5 for GBK."""
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))

    separator = ";" if ";" in text else ","

    assert [list(row) for row in examine(path).rows()] == [line.split(separator) for line in text.strip().split("\n")]


def test_a_rare_character_late_in_the_file_does_not_break_it(tmp_path: Path) -> None:
    """The whole file is looked at: 镕 in the last line of a long GBK file is read."""
    path = tmp_path / "list.csv"
    path.write_bytes((LINES * 3000 + "朱镕电机厂,2025-03-09,1\n").encode("gbk"))

    assert list(examine(path).rows())[-1][0] == "朱镕电机厂"


def test_a_quoted_line_break_stays_in_its_cell(tmp_path: Path) -> None:
    """One row is one row, even where a name runs over two lines."""
    path = tmp_path / "list.csv"
    path.write_text('客户,日期,金额\n"甲\n乙",2025-03-07,"1,200.00"\n', encoding="utf-8")

    assert [list(row) for row in examine(path).rows()][1] == ["甲\n乙", "2025-03-07", "1,200.00"]


def packed(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, text in parts.items():
            pack.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return content.getvalue()


BOMB = packed(xl__worksheets__sheet1_dot_xml=b"<c>" + b"0" * (64 << 20))
LOCKED = compound("EncryptedPackage", bytes(5000))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "missing"),
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_text"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "not_text"),
        (bytes(range(256)) * 4, "not_text"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web_page"),
        ("﻿<?xml version='1.0'?><Workbook/>".encode(), "web_page"),
        (",".join(f"c{n}" for n in range(400)).encode() + b"\n" + b"1," * 399 + b"1\n", "too_wide"),
        (LOCKED, "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "damaged"),
        (b"PK\x03\x04" + bytes(300), "damaged"),
        (packed(letter_dot_txt=b"hello"), "not_text"),
        (packed(xl__workbook_dot_xml=b"<workbook/>"), "damaged"),
        (BOMB, "bomb"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    tmp_path: Path, content: bytes | None, reason: str
) -> None:
    """Each has its own sentence, in both languages; whatever its name says."""
    path = tmp_path / "list.csv"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(UnreadableFile) as caught:
        list(examine(path).rows())

    assert caught.value.values["reason"] == reason
    for language in ("en", "zh"):
        assert Words(language).text(f"errors.reason.{reason}") in Words(language).error(caught.value)


def test_a_workbook_that_reaches_too_far_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    """Two cells in opposite corners make seventeen thousand million: refused by what stands in the file, not by memory."""
    corner = openpyxl.Workbook()
    corner.active["A1"] = corner.active["XFD1048576"] = 1
    corner.save(tmp_path / "corner.xlsx")
    deep = openpyxl.Workbook()
    deep.active["A1"] = deep.active["AD1048576"] = 1
    deep.save(tmp_path / "deep.xlsx")
    workbook(tmp_path / "wide.xlsx", [[f"c{n}" for n in range(400)], [1] * 400])

    found = []
    for name in ("corner.xlsx", "deep.xlsx", "wide.xlsx"):
        with pytest.raises(UnreadableFile) as caught:
            examine(tmp_path / name)
        found.append(caught.value.values["reason"])

    assert CELLS < 1_048_576 * 30
    assert found == ["too_wide", "too_many_cells", "too_wide"]


def test_an_open_document_that_repeats_a_cell_without_end_is_refused(tmp_path: Path) -> None:
    """One filled cell written once and meant sixteen thousand times is no list; empty ones are the rule."""
    cell = '<table:table-cell office:value-type="string" {}><text:p>x</text:p></table:table-cell>'
    path = tmp_path / "list.ods"
    path.write_bytes(open_document(cell.format('table:number-columns-repeated="16384"')))

    with pytest.raises(UnreadableFile) as caught:
        examine(path)

    assert caught.value.values["reason"] == "too_many_cells"


def open_document(*rows: str, manifest: str = "") -> bytes:
    """The smallest open document with these rows, and the empty tail that every one has."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    tail = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows) + tail
    content = f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="A">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    return packed(
        mimetype=b"application/vnd.oasis.opendocument.spreadsheet",
        content_dot_xml=content.encode(),
        **{"META-INF__manifest_dot_xml": f"<manifest>{manifest}</manifest>".encode()},
    )


def test_an_open_document_is_read_and_a_locked_one_refused(tmp_path: Path) -> None:
    """.ods is read by the same reader; encryption in its manifest is named."""
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in ROWS[0]
    )
    (tmp_path / "list.ods").write_bytes(open_document(cells, cells))
    (tmp_path / "locked.ods").write_bytes(open_document(cells, manifest="<encryption-data/>"))

    assert [list(row)[:3] for row in examine(tmp_path / "list.ods").rows()][:2] == [ROWS[0], ROWS[0]]
    with pytest.raises(UnreadableFile) as caught:
        examine(tmp_path / "locked.ods")
    assert caught.value.values["reason"] == "password"


def test_an_old_workbook_is_read_and_one_that_breaks_off_is_refused(tmp_path: Path) -> None:
    """Excel 97's .xls is read by the same reader; a file cut short, or with its zip damaged inside, is damaged."""
    content = excel_97([ROWS[0], ["甲", 45723, 12.5]])
    (tmp_path / "list.xls").write_bytes(content)
    (tmp_path / "cut.xls").write_bytes(content[:1500])
    whole = workbook(tmp_path / "list.xlsx").read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(whole[: len(whole) // 2])
    with zipfile.ZipFile(tmp_path / "list.xlsx") as pack:
        inside = pack.getinfo("xl/worksheets/sheet1.xml").header_offset + 80
    (tmp_path / "spoilt.xlsx").write_bytes(whole[:inside] + bytes(40) + whole[inside + 40 :])

    assert [list(row) for row in examine(tmp_path / "list.xls").rows()] == [ROWS[0], ["甲", 45723.0, 12.5]]
    for name in ("cut.xls", "cut.xlsx", "spoilt.xlsx"):
        with pytest.raises(UnreadableFile) as caught:
            list(examine(tmp_path / name).rows())
        assert caught.value.values["reason"] == "damaged"


def test_a_workbook_is_read_from_its_sheet_with_the_list(tmp_path: Path) -> None:
    """A cover sheet is passed over, a hidden one is not offered, and another can be named."""
    path = workbook(tmp_path / "list.xlsx", 封面=[["报告"], ["张三"]], 附表=[["x", "y"]])
    book = openpyxl.load_workbook(path)
    book["附表"].sheet_state = "hidden"
    book.save(path)

    assert (examine(path).sheet, examine(path).sheets) == ("订单", ("封面", "订单"))
    assert [list(row) for row in examine(path).rows()] == ROWS
    assert examine(path, "封面").sheet == "封面"
    with pytest.raises(BadSetting, match="封面, 订单"):
        examine(path, "附表")


def test_rows_and_columns_keep_their_places(tmp_path: Path) -> None:
    """A list that begins at C4 is read with its empty rows and columns, so that row numbers are Excel's."""
    book = openpyxl.Workbook()
    book.active["C4"], book.active["D5"] = "客户", "日期"
    book.save(tmp_path / "list.xlsx")

    assert [list(row) for row in examine(tmp_path / "list.xlsx").rows()] == [["", "", "", ""]] * 3 + [
        ["", "", "客户", ""],
        ["", "", "", "日期"],
    ]


def test_a_cell_merged_downwards_stands_in_each_of_its_rows(tmp_path: Path) -> None:
    """The customer of a merged block belongs to all its rows, and to none below."""
    book = openpyxl.Workbook()
    for row in [["客户", "金额"], ["甲", 1], ["", 2], ["", 3], ["", 4], ["乙", 5]]:
        book.active.append(row)
    book.active.merge_cells("A2:A4")
    book.save(tmp_path / "list.xlsx")

    assert [row[0] for row in examine(tmp_path / "list.xlsx").rows()] == ["客户", "甲", "甲", "甲", "", "乙"]


def test_formulas_count_by_their_stored_result_and_macros_are_never_run(tmp_path: Path) -> None:
    """A formula without a stored result is counted; a workbook with macros is read as values, and that is said."""
    path = workbook(
        tmp_path / "list.xlsx", [["客户", "日期", "金额"], ["甲", "2025-01-02", "=1+1"], ["乙", "2025-01-03", "=A1"]]
    )
    with zipfile.ZipFile(path, "a") as pack:
        pack.writestr("xl/vbaProject.bin", b"\0" * 64)
    macros = path.rename(tmp_path / "list.xlsm")
    source = examine(macros)

    assert source.formulas == 2
    assert [note.code for note in source.notes] == ["own_list.note.macros"]
    assert list(source.rows())[1][2] == ""


def test_progress_runs_from_nothing_to_all(tmp_path: Path) -> None:
    """What is said about how far the reading has come only grows, and ends with all."""
    path = tmp_path / "list.csv"
    path.write_text("客户,日期,金额\n" + "甲,2025-01-02,5\n" * 50_000, encoding="utf-8")
    said: list[float] = []
    list(examine(path).rows(said.append))

    assert said == sorted(said)
    assert (len(said), said[-1]) == (4, 1.0)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    """A folder in place of a file is named as such."""
    with pytest.raises(UnreadableFile, match="folder"):
        examine(tmp_path)


def test_a_binary_that_pretends_to_be_text_is_refused(tmp_path: Path) -> None:
    """Numbers packed as bytes are no text, whichever encoding would take them."""
    path = tmp_path / "list.csv"
    path.write_bytes(b"".join(struct.pack("<I", n * 7919) for n in range(2000)))

    with pytest.raises(UnreadableFile):
        examine(path)
