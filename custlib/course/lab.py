"""The calm JupyterLab of the course: its settings, its start and its end.

All that JupyterLab and IPython read and write lies in `work/.lab`; a participant's own settings are neither
used nor touched. The library says what happens through a callback and never prints.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, MappingProxyType
from typing import Any

from custlib.content import Words, dictionary
from custlib.course import copies
from custlib.course import root as course
from custlib.errors import BadSetting, LabNotStarted

FILES = Path(__file__).parent / "lab_files"
WELCOME = "00_welcome.ipynb"
LOCAL = "127.0.0.1"
FIRST_PORT = 8888
PATIENCE = 60.0  # seconds; a slow laptop with a virus scanner needs 20 for its first start
_THEIRS = ("JUPYTER", "IPYTHON", "PYTHONSTARTUP", "PYTHONIOENCODING", "PYTHONINSPECT")

Say = Callable[[str], None]


@dataclass(frozen=True)
class Settings:
    """The variables to set and the command to run for the course's JupyterLab."""

    environment: Mapping[str, str]
    command: tuple[str, ...]
    folder: Path

    def applied(self, to: Mapping[str, str]) -> dict[str, str]:
        """Return an environment with the course's variables in place of the person's own Jupyter ones."""
        left = {name: value for name, value in to.items() if not name.upper().startswith(_THEIRS)}
        return left | dict(self.environment)


@dataclass(frozen=True)
class Lab:
    """A JupyterLab that answers: its address, the folder it shows, and the means to stop it."""

    process: subprocess.Popen[bytes]
    port: int
    token: str
    page: str
    folder: Path

    @property
    def address(self) -> str:
        return f"http://{LOCAL}:{self.port}/lab{self.page}?token={self.token}"

    def stop(self, patience: float = 10) -> None:
        """End the server and its kernels: asked first, then told."""
        with suppress(OSError, urllib.error.URLError):
            _ask(self.port, "/api/shutdown", self.token, method="POST")
        for harder in (self.process.terminate, self.process.kill):
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
                return
            harder()
        self.process.wait(patience)


def settings(work: Path, edition: str, *, port: int = FIRST_PORT, token: str = "") -> Settings:
    """Write JupyterLab's settings for one edition inside `work/.lab` and return how to start it with them.

    Raises BadSetting for an unknown edition and NotWritable.
    """
    language = language_of(edition)
    work = work.resolve()
    common = work / copies.OWN
    own = common / edition
    overrides = _source("default_setting_overrides.json")
    if language == "zh":
        overrides["@jupyterlab/translation-extension:plugin"] = {"locale": "zh_CN"}
    page = _source("page_config.json") | {"course": json.dumps(_page_words(edition))}  # Lab keeps texts, not mappings
    server = {
        "ServerApp": {
            "ip": LOCAL,
            "port": port,
            "port_retries": 0,
            "open_browser": False,
            "root_dir": str(work / edition),
            "terminals_enabled": False,
            "allow_root": True,  # in containers; the server answers this machine only
            "jpserver_extensions": {"jupyterlab_jupytext": False},
        },
        "LabApp": {
            "expose_app_in_browser": True,  # for the browser tests
            "default_url": f"/lab/tree/{WELCOME}",
            "extra_labextensions_path": [str(FILES / "labextension")],
            "extension_manager": "readonly",
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
            "news_url": None,
        },
    }
    with copies.written(work):
        for name, content in {
            "labconfig/page_config.json": page,
            "labconfig/default_setting_overrides.json": overrides,
            "jupyter_server_config.json": server,
            "jupyter_lab_config.json": server,
        }.items():
            place = own / "config" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(json.dumps(content, ensure_ascii=True, indent=1), encoding="utf-8")
        # A page left open last time would start a kernel of its own before the welcome page is there.
        for workspace in (own / "workspaces").glob("*.jupyterlab-workspace"):
            workspace.unlink()
    places = {
        "JUPYTER_CONFIG_PATH": own / "config",
        "JUPYTER_CONFIG_DIR": own / "jupyter",
        "JUPYTER_DATA_DIR": common / "data",
        "JUPYTER_RUNTIME_DIR": common / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": own / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": own / "workspaces",
        "IPYTHONDIR": common / "ipython",
    }
    environment = {name: str(place) for name, place in places.items()}
    environment |= {"JUPYTER_PREFER_ENV_PATH": "1", "PYTHONUTF8": "1"}
    if edition != language:
        # The kernels inherit both: exercises with their answers, and what is shown to the room is nobody's work.
        environment |= {course.KEY: "1", course.PARTICIPANT: course.INSTRUCTOR.rstrip("-")}
    if token:
        environment["JUPYTER_TOKEN"] = token
    if sys.prefix != sys.base_prefix or (Path(sys.prefix) / "conda-meta").is_dir():
        environment["PYTHONNOUSERSITE"] = "1"  # the user's site folder can hold Jupyter settings too
    return Settings(MappingProxyType(environment), (sys.executable, "-m", "jupyterlab", "--no-browser"), own)


def prepare(root: Path, edition: str, say: Say) -> copies.Copies:
    """Refresh the copies and say what lies beside a changed file. Raises as `refresh` does."""
    language = language_of(edition)
    words = Words(language)
    if edition != language:
        from custlib.course import editions

        if made := editions.refresh(root, language):
            say(words.say("lab.made", n=len(made)))
    done = copies.refresh(course.edition(root, edition), course.work(root), name=edition, now=None)
    for each in done.beside:
        say(words.say("lab.beside", name=each.name, newer=each.newer.name, backup=str(each.backup)))
    return done


def start(root: Path, edition: str, *, port: int | None = None, say: Say = lambda _: None) -> Lab:
    """Prepare the copies and start JupyterLab on a free port of this machine alone; return once it answers.

    Raises BadSetting, NotWritable, UnreadableFile, and LabNotStarted with JupyterLab's last words.
    """
    folder = prepare(root, edition, say).folder
    page = f"/tree/{WELCOME}" if (folder / WELCOME).exists() else ""
    token = secrets.token_urlsafe(24)
    first = port or FIRST_PORT
    failure: LabNotStarted | None = None
    for candidate in free_ports(first):
        chosen = settings(course.work(root), edition, port=candidate, token=token)
        lab = Lab(_spawn(chosen), candidate, token, page, folder)
        try:
            _wait(lab, chosen.folder / "lab.log")
            return lab
        except LabNotStarted as error:
            failure = error
            lab.stop()
            # Only a port taken between looking and starting is worth another try.
            if _is_free(candidate):
                raise
        except BaseException:
            lab.stop()
            raise
    raise failure or LabNotStarted(log=folder, last=f"{first}")


def launch(
    root: Path, edition: str, *, open_browser: bool = True, port: int | None = None, say: Say = lambda _: None
) -> None:
    """Open the course and stay until it is ended by Ctrl-C, a closed window or the menu. Raises as `start` does."""
    words = Words(language_of(edition))
    say(words.text("lab.starting"))
    with _ended_kindly():
        lab: Lab | None = None
        try:
            lab = start(root, edition, port=port, say=say)
            say(words.say("lab.address", url=lab.address))
            if not (open_browser and _open(lab.address)):
                say(words.text("lab.no_browser"))
            say(words.text("lab.stop"))
            lab.process.wait()
        except KeyboardInterrupt:
            pass
        finally:
            if lab:
                lab.stop()
        say(words.text("lab.stopped"))


def language_of(edition: str) -> str:
    """The language of an edition: `zh` for `zh` and `instructor-zh`. Raises BadSetting."""
    if edition not in course.EDITIONS:
        raise BadSetting(name="edition", value=edition, allowed=", ".join(course.EDITIONS))
    return edition.removeprefix(course.INSTRUCTOR)


def _source(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FILES / name).read_text(encoding="utf-8"))
    return content


def _page_words(edition: str) -> dict[str, Any]:
    """Hand the page's words to the browser in the edition's language, so that the scripts hold none."""
    language = language_of(edition)
    words = Words(language)

    def under(prefix: str) -> dict[str, str]:
        return {key.removeprefix(prefix): words.text(key) for key in dictionary() if key.startswith(prefix)}

    teaching = {"teach": under("lab.teach.")} if edition != language else {}
    return under("lab.page.") | teaching | {"lang": "zh-Hans" if language == "zh" else "en", "welcome": WELCOME}


def _spawn(chosen: Settings) -> subprocess.Popen[bytes]:
    """Start the server apart from the terminal, which would otherwise pass it Ctrl-C past our hands."""
    apart: dict[str, Any] = (
        {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
        if os.name == "nt"
        else {"start_new_session": True}
    )
    with copies.written(chosen.folder), (chosen.folder / "lab.log").open("wb") as log:
        # Jupyter reads settings from its working folder, too: it gets one of ours.
        return subprocess.Popen(
            chosen.command,
            env=chosen.applied(os.environ),
            cwd=chosen.folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            **apart,
        )


def _wait(lab: Lab, log: Path) -> None:
    """Wait until the server accepts our token. Raises LabNotStarted."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and lab.process.poll() is None:
        with suppress(OSError, urllib.error.URLError):
            if _ask(lab.port, "/api/status", lab.token) == 200:
                return
        time.sleep(0.05)
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n") if log.exists() else []
    raise LabNotStarted(log=log, last=next((line.strip() for line in reversed(lines) if line.strip()), "…"))


def _ask(port: int, path: str, token: str, *, method: str = "GET") -> int:
    """Ask the server past any proxy the machine may have."""
    request = urllib.request.Request(
        f"http://{LOCAL}:{port}{path}", method=method, headers={"Authorization": f"token {token}"}
    )
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=5) as answer:
        return int(answer.status)


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name != "nt":  # there, the option would call a port free that is taken
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            probe.bind((LOCAL, port))
            return True
    return False


def free_ports(first: int) -> Iterator[int]:
    return (port for port in range(first, min(first + 200, 65536)) if _is_free(port))


def _open(address: str) -> bool:
    """Open a browser where there is a screen; a text browser would take the terminal away."""
    screen = sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    with suppress(webbrowser.Error, OSError):
        return bool(screen) and webbrowser.open(address)
    return False


@contextmanager
def _ended_kindly() -> Iterator[None]:
    """Treat a closed terminal window and a polite kill as Ctrl-C, so that no server stays behind."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    names = ("SIGTERM", "SIGHUP", "SIGBREAK") if threading.current_thread() is threading.main_thread() else ()
    before = {number: signal.signal(number, end) for name in names if (number := getattr(signal, name, None))}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
