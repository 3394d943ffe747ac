"""The practice company as files: written, checked to the byte, and made as large as one likes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from custlib.course.root import datasets
from custlib.course.tables import COMMITTED
from custlib.errors import MissingTool, NotWritable

if TYPE_CHECKING:
    import pandas as pd

KEYS = "keys"


def files(seed: int) -> Iterator[tuple[str, bytes]]:
    """Every file of the company by its name under the folder, answers under keys/."""
    from custlib.analysis import simulate

    for name in simulate.TABLES:
        yield f"{name}.csv", as_csv(simulate.table(name, seed))
    for name, key in simulate.keys(seed).items():
        yield f"{KEYS}/{name}.csv", as_csv(key)


def as_csv(table: pd.DataFrame) -> bytes:
    """Comma-separated text in UTF-8 with a byte-order mark, so that Excel shows the Chinese."""
    return b"\xef\xbb\xbf" + table.to_csv(index=False, lineterminator="\n").encode()


def write(folder: Path, seed: int) -> Iterator[Path]:
    """Write the company's files; give each path once it is written. Raises NotWritable."""
    for name, content in files(seed):
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
        for name, content in files(COMMITTED)
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
