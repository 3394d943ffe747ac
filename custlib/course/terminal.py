"""The same conversation in a terminal: numbered lines, the reply, and the debrief as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from custlib.content import Words
from custlib.practice.play import options
from custlib.practice.stage import Stage
from custlib.views.cards.debrief import debrief_model
from custlib.views.cards.talk import play_model

Say = Callable[[str], None]
Ask = Callable[[str], str]


def talk(stage: Stage, words: Words, say: Say, ask: Ask | None, given: tuple[str, ...] = ()) -> None:
    """Play the keys given, then ask for the rest; without `ask`, stop where the keys end."""
    for line in opening(stage, words):
        say(line)
    keys = list(given)
    if stage.resumed:
        say(words.text("play.resumed"))
    shown = _said(stage, words, say, 0)
    while not stage.play.over:
        if keys:
            key = keys.pop(0)
        elif ask is None:
            say(_stopped(stage, words))
            return
        else:
            key = _chosen(stage, words, say, ask)
            if key == "":
                say(_stopped(stage, words))
                return
        stage.act({"do": "undo"} if key == "u" else {"do": "choose", "key": key})
        if stage.trouble is not None:
            say(words.error(stage.trouble))
            keys.clear()
            if ask is None:
                return
        # After a step back, the turn is asked again.
        shown = _said(stage, words, say, max(shown - 5, 0) if key == "u" else shown)
    if stage.may_see:
        for line in closing(stage, words):
            say(line)


def opening(stage: Stage, words: Words) -> Iterator[str]:
    """Title, goal and what can be seen; the task stands first in the conversation."""
    scenario, language = stage.scenario, words.language
    yield scenario.title.in_(language)
    yield words.say("play.terminal.line", who=words.text("play.goal"), text=scenario.goal.in_(language))
    for cue in scenario.persona.cues:
        if stage.rules.level == 3 or not cue.noise:
            yield f"  · {cue.in_(language)}"


def _stopped(stage: Stage, words: Words) -> str:
    if stage.keeps:
        return words.text("play.terminal.kept")
    return words.say("play.terminal.stopped", keys=",".join(stage.play.keys))


def _said(stage: Stage, words: Words, say: Say, shown: int) -> int:
    """Say what is new in the conversation; returns how much of it has been said."""
    model = play_model(stage, words)
    who = {"them": model["who"], "me": words.text("play.you"), "coach": words.text("play.coach").rstrip(":：")}
    log = model["log"]
    for entry in log[shown:]:
        if entry["kind"] in who:
            say(words.say("play.terminal.line", who=who[entry["kind"]], text=entry["text"]))
        else:
            say(f"\n— {entry['text']}" if entry["kind"] == "turn" else f"  {entry['text']}")
    return len(log)


def _chosen(stage: Stage, words: Words, say: Say, ask: Ask) -> str:
    """The key of the line chosen; `u` to undo, empty to stop."""
    keys = options(stage.play)
    model = play_model(stage, words)["ask"]
    say(model["heading"])
    for number, option in enumerate(model["options"], 1):
        say(f"  {number}  {option['text']}")
    while True:
        given = ask(words.say("play.terminal.choose", n=len(keys))).strip().lower()
        if given in ("u", "q"):
            return "u" if given == "u" else ""
        if given.isdecimal() and 1 <= int(given) <= len(keys):
            return keys[int(given) - 1]
        say(words.say("play.terminal.again", n=len(keys)))


def closing(stage: Stage, words: Words) -> Iterator[str]:
    """The debrief: questions first, a score never last."""
    found = debrief_model(stage, words)
    yield f"\n{found['questions']['heading']}"
    for item in found["questions"]["items"]:
        yield f"  ? {item['question']}"
    yield f"\n{found['title']} · {found['chip']['text']}"
    yield from (each for each in (found["score"], found["held"], found["past"]) if each)
    yield f"\n{found['cost']['heading']}"
    yield found["cost"]["note"]
    if found["cost"]["said"]:
        yield f"  ✗ {found['cost']['said']}"
    if found["path"]:
        yield f"\n{found['path']['heading']}"
        yield found["path"]["note"]
    for row in found["path"]["rows"] if found["path"] else ():
        yield f"  {row['n']}  {row['say']}"
        yield f"     {row['reply']}"
    yield f"\n{found['diagnosis']['heading']}"
    for item in found["diagnosis"]["items"]:
        said = words.say("play.terminal.line", who=item["part"], text=item["right"])
        yield f"  {'✓' if item['ok'] else '✗'} {said} {item['given']}".rstrip()
    yield f"\n{found['competencies']['heading']}"
    for row in found["competencies"]["rows"]:
        yield f"  {row['name']} {row['weight']} · {row['points']} · {row['rule']}"
    for part in ("mines", "missed"):
        yield f"\n{found[part]['heading']}"
        items = found[part]["items"]
        for item in items:
            yield f"  · {item['text']} {item['instead']}" if part == "mines" else f"  · {item}"
        if not items:
            yield f"  {found[part]['none']}"
    yield "\n" + words.say("play.terminal.line", who=found["view"]["heading"], text=found["view"]["text"])
    net = words.say("play.terminal.line", who=found["money"]["heading"], text=found["money"]["net"]["value"])
    yield f"{net} · {found['money']['limit']}"
    yield f"\n{found['next']}"
