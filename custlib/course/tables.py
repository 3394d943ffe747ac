"""The tables of a lesson: the practice data of the seed, or the participant's own list."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from custlib.content import Words
from custlib.course.root import find_root
from custlib.errors import BadSetting, UnknownName, UnreadableFile

if TYPE_CHECKING:
    import pandas as pd

    from custlib.course.drafts import Draft
    from custlib.course.own import Shown

READING = ".list"  # a file that says which list is read, and how
HAND_WRITTEN = ("meetings", "observations", "transcript_cues", "talks", "talk_lines")
COMMITTED = 7  # the seed whose tables lie in datasets/
PRACTICE = "CNY"  # what the practice company counts in
NUMBERS = ("budget", "baseline", "target")  # whole numbers that may be missing


@dataclass(frozen=True)
class Tables:
    """Hand out tables by name.

    `orders` is a file of the participant's, or one that says how such a file is read; `shown` is the list they
    chose in the lesson. With neither, the tables are those of the practice company.
    Those lie in `folder` for the first seed, and are made for any other.
    `only` keeps the customers with these values in these columns, and in every table the rows about them alone.
    """

    words: Words
    seed: int
    folder: Path
    orders: str = ""
    shown: Shown | None = None
    only: tuple[tuple[str, str], ...] = ()

    @property
    def own(self) -> bool:
        return bool(self.orders) or self.shown is not None

    @cached_property
    def draft(self) -> Draft:
        """The participant's file as it was read. Raises UnreadableFile, MissingColumns, NeedsAnswer, NothingLeft."""
        from custlib.course import drafts, own

        path = Path(self.orders)
        settings: dict[str, str] = {}
        if path.suffix == READING:
            path, settings = own.read_reading(path)
        return drafts.finish(path, settings, own.memory(find_root()), today=own.today())

    def table(self, name: str) -> pd.DataFrame:
        """One table; where it has names in both languages, `name` is the reader's. Raises UnknownName, UnreadableFile."""
        if name == "orders" and self.own:
            return self._kept(self._own())
        if name in HAND_WRITTEN:
            return read_table(self.folder / f"{name}.csv")
        table = self._limited(self._made(name))
        named = f"name_{self.words.language}"
        return table.assign(name=table[named]) if named in table else table

    @cached_property
    def limits(self) -> tuple[str, int, int]:
        """What the report is limited to, in the reader's words; how many customers that are, and of how many.

        Raises UnknownName where there is no such column, BadSetting where no customer is left.
        """
        everybody = self._own() if self.own else self._made("customers")
        count = int(everybody["customer_id"].nunique())
        said = self.words.join(label(self.words, column, value) for column, value in self.only)
        return said, int(self._kept(everybody)["customer_id"].nunique()), count

    @cached_property
    def _ids(self) -> frozenset[object]:
        return frozenset(self._kept(self._made("customers"))["customer_id"])

    def _limited(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows about the customers asked for; a table that is not about customers stays whole."""
        if not self.only or self.own or "customer_id" not in table:
            return table
        return table[table["customer_id"].isin(self._ids)].reset_index(drop=True)

    def _kept(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows with the values asked for. Raises UnknownName, BadSetting."""
        for column, value in self.only:
            if column not in table:
                raise UnknownName(kind="column", name=column, known=table.columns)
            values = table[column].astype(str)
            if not (values == value).any():
                raise BadSetting(name=column, value=value, allowed=", ".join(sorted(set(values))[:12]))
            table = table[values == value]
        return table.reset_index(drop=True)

    def _own(self) -> pd.DataFrame:
        from custlib.course import own

        if self.orders:
            result = self.draft.result
            assert result is not None  # finish() answers or raises
            return result.table
        return own.table(find_root())

    def names(self, *, practice: bool = False) -> dict[object, str]:
        """What a reader calls each customer; a list of one's own has only its ids, but the practice company's names."""
        if self.own and not practice:
            return {}
        customers = self.table("customers")
        return dict(zip(customers["customer_id"], customers["name"], strict=True))

    def _made(self, name: str) -> pd.DataFrame:
        path = self.folder / f"{name}.csv"
        if self.seed == COMMITTED and path.is_file() and "/" not in name:
            return read_made(path)
        from custlib.analysis import simulate

        if name not in simulate.TABLES:
            raise UnknownName(kind="table", name=name, known=names_of_tables())
        return simulate.table(name, self.seed)


def label(words: Words, column: str, value: str) -> str:
    """One limit of a report as a reader knows it: “region: East” where the course has words for it."""
    name = words.text(f"batch.column.{column}") if words.has(f"batch.column.{column}") else column
    said = words.text(f"company.{column}.{value}") if words.has(f"company.{column}.{value}") else value
    return words.say("batch.limit", column=name, value=said or words.text("batch.none"))


def names_of_tables() -> tuple[str, ...]:
    """Every table there is."""
    from custlib.analysis import simulate

    return (*simulate.TABLES, *HAND_WRITTEN)


def read_made(path: Path) -> pd.DataFrame:
    """Read a table of the practice company as it was made: an empty field is an empty text, or no number."""
    import pandas as pd

    table = pd.read_csv(path, encoding="utf-8-sig", keep_default_na=False, na_values={name: [""] for name in NUMBERS})
    return table.astype({name: "Int64" for name in NUMBERS if name in table})


def read_table(path: Path) -> pd.DataFrame:
    """Read a text table: UTF-8, with or without byte-order mark, comma, semicolon or tab. Every value stays text.

    Raises UnreadableFile with the reason.
    """
    import pandas as pd

    if path.is_dir():
        raise UnreadableFile(path=path.name, reason="folder")
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(path=path.name, reason="missing") from None
    except OSError as error:
        raise UnreadableFile(path=path.name, reason=error.strerror or str(error)) from error
    if not text.strip():
        raise UnreadableFile(path=path.name, reason="empty")
    try:
        first = text.split(b"\n", 1)[0].decode("utf-8-sig")
        if "\0" in first:
            raise UnreadableFile(path=path.name, reason="not_text")
        return pd.read_csv(path, sep=_separator(first), dtype=str, encoding="utf-8-sig", skipinitialspace=True)
    except UnicodeDecodeError:
        raise UnreadableFile(path=path.name, reason="not_text") from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError, csv.Error):
        raise UnreadableFile(path=path.name, reason="not_table") from None


def _separator(header: str) -> str:
    return max(",;\t", key=header.count)
