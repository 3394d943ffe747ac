"""What a notebook opens: a lesson that gives tables, shows views and speaks the reader's language."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import custlib.views
from custlib.content import Finding, Words
from custlib.course.own import shown as chosen
from custlib.course.root import datasets, find_root, only, outline
from custlib.course.tables import PRACTICE, Tables
from custlib.errors import BadSetting, UnknownName, as_custlib
from custlib.quick import quick_imports

if TYPE_CHECKING:
    import pandas as pd

    from custlib.course.desk import Desk


@dataclass(frozen=True)
class Lesson:
    """Language, data and seed; each method is one call into one room."""

    words: Words
    data: Tables
    seed: int
    id: str = ""

    def table(self, name: str) -> pd.DataFrame:
        """A table of the practice company, or the participant's own list; then it is said whose data this is."""
        if name == "orders" and self.data.shown is not None:
            self.say("own_list.shown", **vars(self.data.shown))
        return self.data.table(name)

    def own_list(self) -> None:
        """Show the card in which a participant brings a list; where one was named at the start, the report on it."""
        from custlib.views.cards import own_list

        if self.data.orders:
            draft = self.data.draft
            if draft.result is not None:
                _display(own_list.report(draft.source.path.name, draft.result, words=self.words))
            return
        from custlib.course.own_desk import Desk

        _display(own_list.bring(Desk(find_root(), self.words), words=self.words))

    def show(self, view: str, *args: Any, practice: bool = False, **options: Any) -> None:
        """Draw a view by its name: `lesson.show("rfm.grid", named)`. Raises UnknownName.

        `practice` says that the figures are the practice company's: they stay in yuan beside a list in dollars.
        """
        words = replace(self.words, currency=PRACTICE) if practice else self.words
        _display(_view(view)(*args, words=words, **options))

    def say(self, what: Finding | str, **values: Any) -> None:
        """Write a sentence that belongs to the data at hand."""
        from custlib.views.bundle import sentence

        _display(sentence(self.words.say(what, **values)))

    def checks(self) -> list[tuple[bool, Finding]]:
        """Whether this machine is ready: each check with the sentence that says so."""
        from custlib.course.doctor import examine

        return [(check.ok, check.finding) for check in examine(find_root())]

    def play(self, scenario: str, *, level: int | None = None, attempts: int = 0, customer: str = "") -> None:
        """Talk with a customer: `lesson.play("driver-purchasing-director")`; a talk half done goes on.

        `level` 1 to 3 is the difficulty; with `attempts` it is an assessment; `customer` binds one of the data by
        its id, or `auto`. Raises UnknownName, BadScenario, BadSetting.
        """
        from custlib.course import roleplay

        root = find_root()
        wanted = roleplay.Wanted(self.id, self.seed, level, attempts, customer)
        _display(roleplay.show(roleplay.seat(root, scenario, self.data, wanted), self.words, root))

    def ask(self, exercise: str, *, attempts: int | None = None) -> None:
        """Set an exercise of this lesson: `lesson.ask("rfm-3")`; with `attempts` as an assessment.

        Raises UnknownName, BadContent.
        """
        _display(self.desk.ask(exercise, attempts=attempts))

    def check(self, exercise: str, answer: Any) -> None:
        """Check an answer given in code, such as a table: `lesson.check("rfm-3", frame)`. Raises UnknownName."""
        _display(self.desk.check(exercise, answer))

    def goal(self) -> None:
        """Let the participant write down what they will do with this lesson."""
        _display(self.desk.goal())

    def progress(self) -> Any:
        """What is done, open and worth doing again, in each lesson that has exercises."""
        return self.desk.progress()

    @cached_property
    def desk(self) -> Desk:
        """Where this lesson's exercises and its journal are."""
        from custlib.course.desk import Desk

        return Desk(find_root(), self.id, self.data, self.words)

    @property
    def names(self) -> dict[object, str]:
        """What a reader calls each customer."""
        return self.data.names()


def open_lesson(lesson: str, *, language: str = "en", seed: int = 7, orders: str = "", currency: str = "") -> Lesson:
    """Open a lesson in a notebook: from here on, an error is a sentence in the reader's language.

    `orders` names the participant's own list, a CSV or Excel file; empty means the list chosen in the lesson,
    where the lesson is a participant's copy and a list was chosen, else the practice data.
    `currency` is yuan for the practice company unless named, and unknown for a list of one's own.
    Raises CourseNotFound, BadSetting, UnknownName.
    """
    # A warning of a library is no message for a participant; ours are findings and are said.
    warnings.filterwarnings("ignore")
    _speak_errors(Words(language if language in ("en", "zh") else "en"))
    root = find_root()
    outline(root).entry(lesson)
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise BadSetting(name="seed", value=seed, allowed="0, 1, 2 …")
    shown = None if orders else chosen(root, Path.cwd())
    words = Words(language, currency or ("" if orders or shown else PRACTICE))
    opened = Lesson(words, Tables(words, seed, datasets(root), orders, shown, only()), seed, lesson)
    if opened.data.only:
        limit, kept, everybody = opened.data.limits
        opened.say("batch.only", limit=limit, kept=kept, everybody=everybody)
    return opened


def _view(name: str) -> Any:
    """`rfm.grid` is the function `grid` of the module `custlib.views.rfm`."""
    topic = name.partition(".")[0]
    try:
        with quick_imports():
            module = import_module(f"custlib.views.{topic}")
    except ModuleNotFoundError as error:
        if error.name != f"custlib.views.{topic}":
            raise
        topics = [path.stem for path in Path(custlib.views.__file__).parent.glob("[a-z]*.py")]
        raise UnknownName(kind="view", name=name, known=[f"{each}.…" for each in topics]) from None
    known = {key: value for key, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__}
    public = {f"{topic}.{key}": value for key, value in known.items() if callable(value) and not key.startswith("_")}
    if name not in public:
        raise UnknownName(kind="view", name=name, known=public)
    return public[name]


def _display(bundle: dict[str, Any]) -> None:
    from IPython.display import display

    display(bundle, raw=True)


def _speak_errors(words: Words) -> None:
    """In a notebook, show an error as one sentence instead of a traceback (`%tb` still has it)."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    if shell is None:
        return

    def speak(shell: Any, kind: type, error: BaseException, trace: Any, tb_offset: int | None = None) -> list[str]:
        sentence = words.error(as_custlib(error))
        # An error output, not a display: papermill and nbval see that the cell failed.
        shell._showtraceback(kind, sentence, [sentence])
        return []

    shell.set_custom_exc((Exception,), speak)
