"""The tables of a lesson: the practice data of the seed, or the participant's own list."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from custlib.content import Words
from custlib.errors import UnknownName, UnreadableFile

if TYPE_CHECKING:
    import pandas as pd

NAMES = ("orders", "customers", "meetings", "observations", "transcript_cues", "talks", "talk_lines")


@dataclass(frozen=True)
class Tables:
    """Hand out tables by name. `orders` is a file of the participant's, or empty for the practice data."""

    words: Words
    seed: int
    folder: Path
    orders: str = ""

    @property
    def own(self) -> bool:
        return bool(self.orders)

    def table(self, name: str) -> pd.DataFrame:
        """One table. Raises UnknownName, UnreadableFile."""
        from custlib.analysis import simulate

        match name:
            case "orders":
                return _numbers(read_table(Path(self.orders))) if self.own else simulate.orders(self.seed)
            case "customers":
                return self._named(simulate.customers(self.seed))
            case "meetings" | "observations" | "transcript_cues" | "talks" | "talk_lines":
                return read_table(self.folder / f"{name}.csv")
        raise UnknownName(kind="table", name=name, known=NAMES)

    def names(self) -> dict[object, str]:
        """What a reader calls each customer; a list of one's own has only its ids."""
        if self.own:
            return {}
        customers = self.table("customers")
        return dict(zip(customers["customer_id"], customers["name"], strict=True))

    def _named(self, customers: pd.DataFrame) -> pd.DataFrame:
        def name(stem: str, trade: str) -> str:
            gap = "" if self.words.language == "zh" else " "
            return self.words.text(f"names.stem.{stem}") + gap + self.words.text(f"names.trade.{trade}")

        names = [name(stem, trade) for stem, trade in zip(customers["stem"], customers["trade"], strict=True)]
        return customers.assign(name=names)


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


def _numbers(orders: pd.DataFrame) -> pd.DataFrame:
    """Amounts as numbers where each of them is one; otherwise the gate reads them one by one and says so."""
    import pandas as pd

    if "amount" not in orders:
        return orders
    amount = pd.to_numeric(orders["amount"], errors="coerce")
    return orders.assign(amount=amount) if (amount.notna() == orders["amount"].notna()).all() else orders


def _separator(header: str) -> str:
    return max(",;\t", key=header.count)
