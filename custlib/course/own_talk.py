"""A talk of the participant's own: begun from the template, in the folder the Lab shows, and judged by the linter."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from custlib.course.copies import written
from custlib.course.scenarios import TEMPLATE
from custlib.errors import BadScenario, CustlibError
from custlib.practice.lint import lint
from custlib.practice.reading import load
from custlib.views.cards.own_talk import Judged

NAME = "my-talk"


@dataclass(frozen=True)
class Bench:
    """Where a participant's talk lies: `my-talk.yaml` in `folder`."""

    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / f"{NAME}.yaml"

    def begin(self) -> None:
        """Lay the template out; what is there is never overwritten. Raises NotWritable."""
        if self.path.exists():
            return
        with written(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            self.path.write_text(TEMPLATE.read_text("utf-8").replace("NAME", NAME), encoding="utf-8")

    def judge(self) -> Judged:
        """What the linter says of the talk as it was saved last."""
        if not self.path.is_file():
            return Judged(self.path.name)
        try:
            report = lint(load(self.path))
        except BadScenario as error:
            return Judged(self.path.name, True, tuple(error.faults))
        except CustlibError as error:
            return Judged(self.path.name, True, problem=error)
        return Judged(self.path.name, True, report.faults, paths=report.paths, mean=report.mean)
