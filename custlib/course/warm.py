"""A kernel that stays warm from one report to the next: what a lesson left in it is forgotten, the imports stay.

Starting a kernel and importing pandas and Altair take longer than most lessons. Only the course's own lessons
run here; whoever needs a fresh kernel for each run has `custlib run`.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from custlib.course import root as course
from custlib.course.editions import QUIET_KERNEL, own_jupyter
from custlib.errors import LessonFailed

PATIENCE = 60.0  # seconds
ENGINE = "custlib-once"
# Names of the lesson, its widgets and its channels go; what is imported stays. One region's customers are no other's.
FORGET = """\
import os, sys
os.environ[{setting!r}] = {only!r}
if "ipywidgets" in sys.modules:
    sys.modules["ipywidgets"].Widget.close_all()
get_ipython().set_custom_exc((), None)
get_ipython().reset(new_session=True, aggressive=False)
__import__("gc").collect()
"""

_stack: ExitStack | None = None
_manager: Any = None
_clients: list[Any] = []


@contextmanager
def kernel(root: Path, only: tuple[tuple[str, str], ...] = ()) -> Iterator[Any]:
    """This process's kernel, with nothing in it of what ran before, for the customers named in `only`.

    A lesson that stops at a cell leaves a kernel that goes on; after anything else a new one is started.
    """
    manager = _started(root)
    try:
        _forget(manager, only)
        yield manager
    except LessonFailed:
        raise
    except BaseException:
        stop()
        raise
    finally:
        # Whoever runs a notebook in a kernel not its own leaves its channels open.
        while _clients:
            _clients.pop().stop_channels()


def written_once() -> str:
    """Register and name a papermill engine that writes a notebook when it is done, and not before and after each cell.

    A notebook of 40 cells is otherwise written 80 times, which takes as long as running it.
    """
    from papermill.engines import NBClientEngine, papermill_engines

    class Once(NBClientEngine):  # type: ignore[misc]
        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, *args: Any, **options: Any) -> Any:
            nb_man.save = lambda **_: None
            return super().execute_managed_notebook(nb_man, *args, **options)

    papermill_engines.register(ENGINE, Once)
    return ENGINE


def stop() -> None:
    """End this process's kernel; the next one asked for is new."""
    global _stack, _manager
    if _stack is not None:
        _stack.close()
    _stack = _manager = None


def end_with_parent() -> None:
    """In a worker: end when the process that gives out the work is killed. It would wait for work for ever, else."""

    def follow() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)  # its kernel sees that, and ends too

    threading.Thread(target=follow, daemon=True).start()


def _started(root: Path) -> Any:
    global _stack, _manager
    if _manager is not None and _manager.is_alive():
        return _manager
    stop()
    from jupyter_client.manager import KernelManager

    class Kept(KernelManager):
        def client(self, **options: Any) -> Any:
            _clients.append(super().client(**options))
            return _clients[-1]

    _stack = ExitStack()
    config = _stack.enter_context(own_jupyter())
    _manager = Kept(kernel_name="python3", config=config)
    _manager.start_kernel(extra_arguments=QUIET_KERNEL, cwd=str(root), env=dict(os.environ))
    _stack.callback(_manager.shutdown_kernel, now=True)
    atexit.register(stop)
    return _manager


def _forget(manager: Any, only: tuple[tuple[str, str], ...]) -> None:
    client = manager.client()
    client.start_channels()
    code = FORGET.format(setting=course.ONLY, only=urlencode(only))
    # The answer alone is waited for: to wait until the channel of the outputs is quiet takes 0.2 s each time.
    reply = client.execute(code, silent=True, store_history=False, reply=True, timeout=PATIENCE)
    if reply["content"]["status"] != "ok":
        raise RuntimeError(reply["content"].get("evalue", ""))
