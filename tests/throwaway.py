"""A PostgreSQL that lives as long as a test: on a socket in a folder of its own, never as root."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BIN = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
INITDB = BIN[-1] if BIN else shutil.which("initdb")
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@contextmanager
def postgres(*, quick: bool = True) -> Iterator[str]:
    """Start a server and give its address; `quick` leaves out what a power cut would need."""
    assert INITDB is not None
    bin_ = Path(INITDB).resolve().parent
    home = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    root = os.geteuid() == 0
    if root:
        shutil.chown(home, "nobody", "nogroup")
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(home)}

    def run(*command: object) -> None:
        who = {"user": "nobody", "group": "nogroup", "extra_groups": []} if root else {}
        line = list(map(str, command))
        subprocess.run(line, check=True, capture_output=True, cwd=home, env=environment, **who)  # type: ignore[call-overload]

    data = home / "data"
    run(bin_ / "initdb", "-D", data, "-U", "course", "--auth=trust", "--encoding=UTF8", "--no-sync")
    options = f"-c listen_addresses='' -c unix_socket_directories={home} {QUICK if quick else ''}"
    run(bin_ / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start")
    try:
        yield f"postgresql+psycopg://course@/postgres?host={home}"
    finally:
        run(bin_ / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(home)
