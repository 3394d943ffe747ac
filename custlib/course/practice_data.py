"""The practice company as files: written, checked to the byte, and made as large as one likes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from custlib.content import Words
from custlib.course.root import datasets
from custlib.course.tables import COMMITTED, HAND_WRITTEN, read_table
from custlib.errors import MissingTool, NotWritable

if TYPE_CHECKING:
    import pandas as pd

KEYS = "keys"
GROUPS = ("importance", "perceived", "delivered", "rival")  # columns of one kind, told together


def files(seed: int) -> Iterator[tuple[str, bytes]]:
    """Every file of the company by its name under the folder, answers under keys/."""
    from custlib.analysis import simulate

    tables = {name: simulate.table(name, seed) for name in simulate.TABLES}
    for name, table in tables.items():
        yield f"{name}.csv", as_csv(table)
    for name, key in simulate.keys(seed).items():
        yield f"{KEYS}/{name}.csv", as_csv(key)


def pages(root: Path) -> Iterator[tuple[str, bytes]]:
    """The pages that list the committed files, in each language."""
    from custlib.analysis import simulate

    tables = {name: simulate.table(name, COMMITTED) for name in simulate.TABLES}
    by_hand = {name: read_table(datasets(root) / f"{name}.csv") for name in HAND_WRITTEN}
    for language, name in (("en", "README.md"), ("zh", "README.zh.md")):
        yield name, page(Words(language), COMMITTED, tables, by_hand)


def page(words: Words, seed: int, tables: dict[str, pd.DataFrame], by_hand: dict[str, pd.DataFrame]) -> bytes:
    """The page that lists each file, its rows, and what each column means."""
    from custlib.analysis import simulate

    def listing(files: dict[str, pd.DataFrame], told: str, folder: str = "") -> list[str]:
        head = [
            f"| {words.text('datasets.page.file')} | {words.text('datasets.page.rows')} | {words.text('datasets.page.holds')} |"
        ]
        return [*head, "|:--|--:|:--|"] + [
            f"| `{folder}{name}.csv` | {words.number(len(table))} | {words.text(f'datasets.{told}.{name}')} |"
            for name, table in files.items()
        ]

    def columns(name: str, table: pd.DataFrame) -> list[str]:
        head = [f"| {words.text('datasets.page.column')} | {words.text('datasets.page.meaning')} |", "|:--|:--|"]
        written: dict[str, list[str]] = {}
        for column in table.columns:
            group = column.split("_")[0]
            about = group if words.has(f"datasets.column.{group}") and group in GROUPS else column
            written.setdefault(about, []).append(f"`{column}`")
        rows = [f"| {', '.join(each)} | {words.text(f'datasets.column.{about}')} |" for about, each in written.items()]
        return [f"### {name}", "", *head, *rows, ""]

    say = {
        name: words.text(f"datasets.page.{name}")
        for name in ("title", "keys", "keys_about", "columns", "by_hand", "style")
    }
    lines = [f"# {say['title']}", "", words.say("datasets.page.about", first=simulate.FIRST, as_of=simulate.AS_OF), ""]
    lines += [words.say("datasets.page.made", seed=str(seed)), "", *listing(tables, "table"), ""]
    lines += [f"## {say['by_hand']}", "", *listing(by_hand, "table"), "", say["style"], ""]
    lines += [f"## {say['keys']}", "", say["keys_about"], "", *listing(simulate.keys(seed), "key", f"{KEYS}/"), ""]
    lines += [f"## {say['columns']}", ""]
    for name, table in (tables | by_hand).items():
        lines += columns(name, table)
    return ("\n".join(lines).rstrip() + "\n").encode()


def as_csv(table: pd.DataFrame) -> bytes:
    """Comma-separated text in UTF-8 with a byte-order mark, so that Excel shows the Chinese."""
    return b"\xef\xbb\xbf" + table.to_csv(index=False, lineterminator="\n").encode()


def write(folder: Path, seed: int, root: Path | None = None) -> Iterator[Path]:
    """Write the company's files, and the course's pages about them where `root` is given; give each path once written.

    Raises NotWritable.
    """
    for name, content in chain(files(seed), pages(root) if root else ()):
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise NotWritable(path=path, reason=error.strerror or str(error)) from error
        yield path


def check(root: Path) -> list[str]:
    """Names of the committed files that are missing or not what the code makes."""
    folder = datasets(root)
    return [
        name
        for name, content in chain(files(COMMITTED), pages(root))
        if not (folder / name).is_file() or (folder / name).read_bytes() != content
    ]


def write_large(folder: Path, seed: int, scale: int) -> Iterator[Path]:
    """Write a company `scale` times as large as Parquet, block by block: memory does not grow with the scale.

    Raises NotWritable, MissingTool.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingTool(tool="pyarrow", work="scale", extra="test") from None
    from custlib.analysis import simulate

    writers: dict[str, pq.ParquetWriter] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for part in simulate.blocks(seed, scale):
            for name, table in part.items():
                if name in simulate.SHARED and name in writers:
                    continue
                rows = pa.Table.from_pandas(table, preserve_index=False)
                if name not in writers:
                    writers[name] = pq.ParquetWriter(folder / f"{name}.parquet", rows.schema)
                writers[name].write_table(rows.cast(writers[name].schema))
    except OSError as error:
        raise NotWritable(path=folder, reason=error.strerror or str(error)) from error
    finally:
        for writer in writers.values():
            writer.close()
    yield from (folder / f"{name}.parquet" for name in writers)
