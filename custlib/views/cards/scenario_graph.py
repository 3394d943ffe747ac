"""A picture of a scenario: its turns from top to bottom, and how many of all random plays go through each line.

Drawn as SVG by hand: a layered drawing needs a rank for each box and nothing else, and a scenario has its ranks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from xml.sax.saxutils import escape

from custlib.content import Words
from custlib.practice.graph import Graph, explore
from custlib.practice.scenarios import Scenario

WIDTH, HEIGHT, GAP, DROP, EDGE = 172, 46, 18, 78, 40
Key = tuple[str, str]


def draw(scenario: Scenario, words: Words) -> str:
    """The graph as SVG text. A scenario must have passed the linter's first phase."""
    graph = explore(scenario)
    through, leads = _flow(graph)
    best = {edge.key for _, _, edge in graph.best_path()}
    ranks = _ranks(scenario)
    rows: dict[int, list[Key]] = defaultdict(list)
    for turn in scenario.turns:
        for choice in scenario.turns[turn].choices:
            if turn in ranks:
                rows[ranks[turn]].append((turn, choice.id))
    last = max(ranks.values()) + 1
    rows[last] = [("", end) for end in scenario.ends]
    width = max(len(row) for row in rows.values()) * (WIDTH + GAP) + 2 * EDGE + 60
    place = _places(rows, width)
    height = EDGE + 40 + (last + 1) * (HEIGHT + DROP)
    body = [*_edges(scenario, leads, place), *_boxes(scenario, words, rows, place, through, best)]
    title = words.say("play.draw.title", title=scenario.title.in_(words.language))
    note = words.text("play.draw.note")
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
            f' role="img" lang="{"zh-Hans" if words.language == "zh" else "en"}" aria-label="{escape(title, {chr(34): "&quot;"})}" font-family="system-ui, sans-serif">',
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
            f'<text x="{EDGE}" y="30" font-size="18" font-weight="600" fill="#1a222b">{escape(title)}</text>',
            f'<text x="{EDGE}" y="52" font-size="12" fill="#545f6b">{escape(note)}</text>',
            *body,
            "</svg>",
            "",
        ]
    )


def _flow(graph: Graph) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
    """The share of random plays through each line and end, and from each line to the next turn's or to an end."""
    through: dict[str, float] = defaultdict(float)
    leads: dict[tuple[str, str], float] = defaultdict(float)
    for number, at in enumerate(graph.at):
        if at in graph.scenario.ends:
            through[at] += graph.chance[number]
        if at not in graph.scenario.turns:
            continue
        edges = graph.edges[number]
        for edge in edges:
            share = graph.chance[number] / len(edges)
            to = graph.at[edge.to]
            through[edge.key] += share
            leads[edge.key, graph.scenario.diagnosis.before if to.startswith("?") else to] += share
    return through, leads


def _ranks(scenario: Scenario) -> dict[str, int]:
    """The row of each turn: as far down as its longest way from the start."""
    ranks = {scenario.start: 0}
    waiting = [scenario.start]
    while waiting:
        turn = waiting.pop()
        for to in {arm.goto for choice in scenario.turns[turn].choices for arm in choice.arms} - set(scenario.ends):
            if ranks.get(to, -1) < ranks[turn] + 1:
                ranks[to] = ranks[turn] + 1
                waiting.append(to)
    return ranks


def _places(rows: Mapping[int, list[Key]], width: int) -> dict[str, tuple[float, float]]:
    """The upper middle of each box; a row is centred."""
    place = {}
    for rank, row in rows.items():
        left = (width - len(row) * (WIDTH + GAP) + GAP) / 2
        for number, (_, name) in enumerate(row):
            place[name] = (left + number * (WIDTH + GAP) + WIDTH / 2, EDGE + 40.0 + rank * (HEIGHT + DROP))
    return place


def _edges(
    scenario: Scenario, leads: Mapping[tuple[str, str], float], place: Mapping[str, tuple[float, float]]
) -> list[str]:
    """Lines as thick as their share: to an end itself, or to the middle above the lines of a turn."""
    above = {}
    for turn, each in scenario.turns.items():
        spots = [place[choice.id] for choice in each.choices if choice.id in place]
        if spots:
            above[turn] = (sum(x for x, _ in spots) / len(spots), spots[0][1] - 16)
    drawn = []
    for (name, to), share in leads.items():
        x, y = place[name]
        x2, y2 = place[to] if to in place else above[to]
        y1, bend = y + HEIGHT, (y2 - y - HEIGHT) / 2
        drawn.append(
            f'<path d="M{x:.0f} {y1:.0f}C{x:.0f} {y1 + bend:.0f} {x2:.0f} {y2 - bend:.0f} {x2:.0f} {y2:.0f}" fill="none"'
            f' stroke="#7596b6" stroke-opacity="0.55" stroke-width="{max(0.8, share * 14):.1f}"/>'
        )
    return drawn


def _boxes(
    scenario: Scenario,
    words: Words,
    rows: Mapping[int, list[Key]],
    place: Mapping[str, tuple[float, float]],
    through: Mapping[str, float],
    best: set[str],
) -> list[str]:
    """A box for each line and end: its id, its first words, its share; a bold border on the best path."""
    drawn = []
    for row in rows.values():
        for turn, name in row:
            x, y = place[name]
            if turn:
                text, full = name, scenario.choices[name].say.in_(words.language)
                mined = any(arm.mines for arm in scenario.choices[name].arms)
                ground = "#fbeee9" if mined else "#f5f7f8"
            else:
                text, full = name, scenario.ends[name].text.in_(words.language)
                ground = "#e9f4ee" if scenario.ends[name].goal else "#faf2de"
            bold = name in best or name == scenario.best_end
            room = 11 if words.language == "zh" else 22
            short = full if len(full) <= room else full[: room - 1] + "…"
            drawn.append(
                f'<g><title>{escape(full)}</title><rect x="{x - WIDTH / 2:.0f}" y="{y:.0f}" width="{WIDTH}"'
                f' height="{HEIGHT}" rx="6" fill="{ground}" stroke="{"#14627d" if bold else "#848d96"}"'
                f' stroke-width="{3 if bold else 1}"/>'
                f'<text x="{x - WIDTH / 2 + 8:.0f}" y="{y + 18:.0f}" font-size="12" font-weight="600"'
                f' fill="#1a222b">{escape(text)}</text>'
                f'<text x="{x + WIDTH / 2 - 8:.0f}" y="{y + 18:.0f}" font-size="12" text-anchor="end"'
                f' fill="#1a222b">{escape(words.percent(through.get(name, 0.0), 1))}</text>'
                f'<text x="{x - WIDTH / 2 + 8:.0f}" y="{y + 36:.0f}" font-size="11" fill="#545f6b">{escape(short)}</text></g>'
            )
    return drawn
