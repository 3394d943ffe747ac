"""Lesson 01: what is known of a customer, in five dimensions, and what is not."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import altair as alt
import pandas as pd

from custlib.analysis import channels, portrait
from custlib.content import Finding, Words
from custlib.errors import UnknownName
from custlib.views.bundle import Bundle, chart, name_of, sentence, table, widget
from custlib.views.panel import Answer, panel, slider
from custlib.views.theme import CATEGORY, CONTEXT, FOCUS, NOTE_TEXT, SEQUENTIAL, percent

Names = Mapping[object, str]
FIRST = 12
HIGHEST = 4  # a weight: from left out to four times as important
ALL = "all"


def source(known: pd.DataFrame, *, words: Words, own: bool = False) -> Bundle:
    """Say of how many customers the page speaks, and up to which day."""
    code = "portrait.source.own" if own else "portrait.source.practice"
    return sentence(words.say(code, customers=len(known), as_of=known.attrs["as_of"]))


def known(facts: pd.DataFrame, *, words: Words) -> Bundle:
    """Of how many customers each fact is known."""
    share = 1 - portrait.missing_shares(facts)
    names = {fact: f"{_dimension(portrait.dimension_of(fact), words)} · {_fact(fact, words)}" for fact in share.index}
    finding = portrait.known_finding(facts)
    least = share.min() if finding.code.endswith("gap") else -1.0
    data = pd.DataFrame({"name": list(names.values()), "share": share.round(4).to_list()})
    data["least"] = share.le(least + 1e-9).to_list()
    y = alt.Y("name:N", sort=list(data["name"]), title=None, axis=alt.Axis(labelLimit=330))
    axis = alt.Axis(labelExpr=percent(words.language), values=[0, 0.25, 0.5, 0.75, 1])
    x = alt.X("share:Q", title=words.text("portrait.known.x"), scale=alt.Scale(domain=[0, 1]), axis=axis)
    tint = alt.condition("datum.least", alt.value(FOCUS), alt.value(CATEGORY[0]))
    drawing = alt.Chart(data).mark_bar().encode(x=x, y=y, color=tint).properties(width=330, height=26 * len(data))
    title = words.say(finding, fact=_fact(finding.values["fact"], words))
    return chart(drawing, words, title=title, subtitle=words.say("portrait.known.subtitle", n=len(facts)))


def card(
    facts: pd.DataFrame, customers: pd.DataFrame, *, words: Words, names: Names, offered: pd.Index | None = None
) -> Bundle:
    """A panel: one customer on one page, in five dimensions, with what is not known and how to ask for it."""
    ids: list[Any] = list(facts.index if offered is None else offered)
    told = customers.drop_duplicates("customer_id").set_index("customer_id")
    scored = portrait.score(facts[list(portrait.FACTS)]), portrait.dimensions(facts)
    view = panel({"customer": "0"}, partial(card_answer, facts, scored, told, ids, words, names), words, height=300)
    return widget(view, words, "portrait.card.still")


def card_answer(
    facts: pd.DataFrame,
    scored: tuple[pd.DataFrame, pd.DataFrame],
    told: pd.DataFrame,
    ids: list[Any],
    words: Words,
    names: Names,
    values: Mapping[str, Any],
) -> Answer:
    """Put one customer on a page; `scored` are the scores of its facts and dimensions. Raises UnknownName."""
    chosen = str(values["customer"])
    if not (chosen.isdecimal() and int(chosen) < len(ids)):
        raise UnknownName(kind="customer", name=chosen, known=map(str, range(len(ids))))
    one = ids[int(chosen)]
    scores, five = scored[0].loc[one], scored[1]
    finding = portrait.shape_finding(five, one)
    name = name_of(names, one, words)
    title = words.say(finding, **_shape_words(finding, words), name=name)
    missing = [fact for parts in portrait.gaps(facts, one).values() for fact in parts]
    here = len(portrait.FACTS) - len(missing)
    items = [{"state": "mend", "said": words.text("portrait.card.open"), "text": _ask(fact, words)} for fact in missing]
    done = {"state": "ok", "said": words.text("portrait.card.done"), "text": words.text("portrait.card.nothing")}
    model: dict[str, Any] = {
        "controls": [
            {
                "kind": "select",
                "key": "customer",
                "label": words.text("portrait.card.pick"),
                "options": [[str(at), name_of(names, each, words)] for at, each in enumerate(ids)],
                "value": chosen,
            }
        ],
        "kpis": [
            {
                "label": words.text("portrait.card.kpi_known"),
                "value": words.say("portrait.card.of", n=here, all=len(portrait.FACTS)),
            },
            {"label": words.text("portrait.card.kpi_revenue"), "value": _figure(facts, one, "revenue", words)},
            {"label": words.text("portrait.card.kpi_depth"), "value": _figure(facts, one, "depth", words)},
        ],
        "blocks": [
            {"title": words.text("portrait.card.who"), "items": _who(told.loc[one], words) if one in told.index else []}
        ],
        "list": {"title": words.text("portrait.card.ask"), "items": items or [done]},
        "table": {
            "caption": words.text("portrait.card.table"),
            "head": [words.text(f"portrait.card.{key}") for key in ("dimension", "fact", "figure", "score")],
            "rows": [
                [
                    _dimension(dimension, words),
                    _fact(fact, words),
                    _figure(facts, one, fact, words),
                    words.text("portrait.missing") if pd.isna(scores[fact]) else words.number(scores[fact]),
                ]
                for dimension, parts in portrait.DIMENSIONS.items()
                for fact in parts
            ],
            "numeric": [3],
        },
        "says": title,
    }
    return model, _five(five.loc[one], words, title)


def worked(facts: pd.DataFrame, customer: Any, fact: str, *, words: Words, names: Names) -> Bundle:
    """One score of one customer, figure by figure. Raises UnknownName."""
    portrait.gaps(facts, customer)
    there = facts[fact].dropna()
    values: dict[str, Any] = {"name": name_of(names, customer, words), "fact": _fact(fact, words)}
    values |= {"dimension": _dimension(portrait.dimension_of(fact), words), "all": len(there)}
    if pd.isna(facts[fact].loc[customer]):
        return sentence(words.say("portrait.worked.missing", **values))
    mine = there.loc[customer]
    worse = int(((there > mine) if fact in portrait.LESS_IS_BETTER else (there < mine)).sum())
    equal = int((there == mine).sum()) - 1
    scored = portrait.score(facts[[fact]])[fact].loc[customer]
    values |= {"figure": _figure(facts, customer, fact, words), "worse": worse, "equal": equal, "score": scored}
    return sentence(words.say("portrait.worked.score", others=len(there) - 1, **values))


def weights(facts: pd.DataFrame, *, words: Words, names: Names, offered: pd.Index) -> Bundle:
    """A panel: how much each dimension counts, and who comes first then."""
    scored = portrait.dimensions(facts).loc[offered]
    view = panel(
        dict.fromkeys(portrait.DIMENSIONS, 1), partial(weights_answer, scored, words, names), words, height=400
    )
    return widget(view, words, "portrait.weights.still")


def weights_answer(scored: pd.DataFrame, words: Words, names: Names, values: Mapping[str, Any]) -> Answer:
    """Order the customers by weighted score; each with the range that its gaps leave open. Raises BadSetting."""
    given = {name: float(values[name]) for name in portrait.DIMENSIONS}
    now, equal = portrait.totals(scored, given), portrait.totals(scored)
    first = now.sort_values("score", ascending=False, kind="stable").head(FIRST)
    finding = portrait.order_finding(scored, given, first=FIRST)
    title = words.say(finding, name=name_of(names, finding.values["top"], words))
    changed = words.say(f"portrait.weights.{'changed' if finding.values['new'] else 'same'}", **finding.values)
    rows = [
        [
            name_of(names, one, words),
            words.say(f"portrait.weights.{'range' if row['high'] > row['low'] else 'exact'}", **row),
            words.number(row["place"]),
            words.number(equal["place"].to_dict()[one]),
        ]
        for one, row in first.iterrows()
    ]
    model: dict[str, Any] = {
        "controls": [
            slider(name, _dimension(name, words), int(values[name]), _weight(int(values[name]), words), (0, HIGHEST, 1))
            for name in portrait.DIMENSIONS
        ],
        "table": {
            "caption": words.say("portrait.weights.caption", n=len(scored), first=len(first)),
            "head": [words.text(f"portrait.weights.{key}") for key in ("customer", "score", "place", "equal")],
            "rows": rows,
            "numeric": [1, 2, 3],
        },
        "notice_label": words.text("portrait.notice_label"),
        "notice": words.sentences([changed, words.text("portrait.weights.notice")]),
        "says": title,
    }
    return model, _ranges(first, words, names, title)


def threads(facts: pd.DataFrame, *, words: Words, largest: int = 50) -> Bundle:
    """Breadth and depth of the relationship with the largest customers."""
    finding = portrait.thread_finding(facts, largest=largest)
    large = portrait.top(facts, largest).dropna(subset=["breadth", "depth"])
    cells = large.groupby(["breadth", "depth"]).size().rename("n").reset_index().astype(int)
    cells["low"] = cells["depth"] < portrait.DECIDES
    levels = {rank: words.text(f"company.level.{level}") for level, rank in portrait.LEVELS.items()}
    cells["level"] = cells["depth"].map(levels)
    base = alt.Chart(cells).encode(
        x=alt.X("breadth:O", title=words.text("portrait.thread.x"), axis=alt.Axis(labelAngle=0, titleAnchor="end")),
        y=alt.Y("level:N", title=words.text("portrait.thread.y"), sort=list(levels.values())[::-1], scale=alt.Scale(
            domain=list(levels.values())[::-1])),
    )  # fmt: skip
    most = max(1, int(cells["n"].max()) if len(cells) else 1)
    shade = alt.Scale(domain=[0, most], range=SEQUENTIAL, interpolate="lab")
    ink = alt.condition(f"datum.n > {most * 0.68:.1f}", alt.value("#ffffff"), alt.value("#000000"))
    layers = (
        base.mark_rect().encode(color=alt.Color("n:Q", scale=shade, legend=None))
        + base.mark_text(fontSize=15, fontWeight=600).encode(text="n:Q", color=ink)
        + base.transform_filter("datum.low").mark_rect(fill=None, stroke=FOCUS, strokeWidth=3)
    )
    about = [words.say("portrait.thread.subtitle", of=finding.values["of"])]
    if finding.values["unknown"]:
        about.append(words.say("portrait.thread.unknown", n=finding.values["unknown"]))
    return chart(layers.properties(width=420, height=190), words, title=words.say(finding), subtitle=about)


def sources(leads: pd.DataFrame, *, words: Words) -> Bundle:
    """A panel: which channel wins its enquiries, in all industries or in one."""
    view = panel({"industry": ALL}, partial(sources_answer, leads, words), words, height=290)
    return widget(view, words, "portrait.channel.still")


def sources_answer(leads: pd.DataFrame, words: Words, values: Mapping[str, Any]) -> Answer:
    """Compare the channels within an industry. Raises UnknownName for an industry that no enquiry is from."""
    industries = sorted(leads["industry"].dropna().unique())
    chosen = str(values["industry"])
    counted = channels.conversion(leads, industries=() if chosen == ALL else [chosen])
    finding = channels.compare(counted, looks=1 if chosen == ALL else len(industries))
    place = words.text("portrait.channel.all") if chosen == ALL else _industry(chosen, words)
    title = words.say(finding, **_channel_words(finding, words), place=place[:1].upper() + place[1:])
    rows = [
        [_channel(str(name), words), words.number(row["closed"]), words.number(row["won"]), words.percent(row["rate"])]
        for name, row in counted.iterrows()
    ]
    model: dict[str, Any] = {
        "controls": [
            {
                "kind": "select",
                "key": "industry",
                "label": words.text("portrait.channel.pick"),
                "options": [
                    [ALL, words.text("portrait.channel.all")],
                    *([each, _industry(each, words)] for each in industries),
                ],
                "value": chosen,
            }
        ],
        "table": {
            "caption": words.text("portrait.channel.caption"),
            "head": [words.text(f"portrait.channel.{key}") for key in ("source", "closed", "won", "rate")],
            "rows": rows,
            "numeric": [1, 2, 3],
        },
        "notice_label": words.text("portrait.notice_label"),
        "notice": words.text("portrait.channel.notice" if chosen == ALL else "portrait.channel.notice_one"),
        "says": title,
    }
    return model, _intervals(counted, words, title)


def where(leads: pd.DataFrame, *, words: Words) -> Bundle:
    """Say in which industries fairs are ahead of the website, and in which behind."""
    finding = channels.where_finding(leads)
    lists = {side: words.join(_industry(each, words) for each in finding.values[side]) for side in ("ahead", "behind")}
    return sentence(words.say(finding, **_channel_words(finding, words), **lists))


def take_away(facts: pd.DataFrame, *, words: Words) -> Bundle:
    """The line that belongs to this data: what to ask for first."""
    finding = portrait.known_finding(facts)
    code = finding.code.replace("known", "take_away")
    return sentence(words.say(code, **{**finding.values, "fact": _fact(finding.values["fact"], words)}))


def own(facts: pd.DataFrame, *, words: Words, own: bool = True) -> Bundle:
    """What purchases alone say of a list, the reader's own or the practice company's: which dimensions are touched."""
    share = portrait.missing_shares(facts)
    full = [name for name, parts in portrait.DIMENSIONS.items() if any(share[part] < 1 for part in parts)]
    rows = [
        [_dimension(name, words), words.join(_fact(part, words) for part in parts if share[part] < 1) or
         words.text("portrait.missing"), words.join(_fact(part, words) for part in parts if share[part] == 1)]
        for name, parts in portrait.DIMENSIONS.items()
    ]  # fmt: skip
    heads = [words.text(f"portrait.own.{key}") for key in ("dimension", "there", "lacking")]
    caption = words.say(f"portrait.own.{'caption' if own else 'practice'}", n=len(full), customers=len(facts))
    return table(pd.DataFrame(rows, columns=heads), caption=caption)


def _five(scores: pd.Series, words: Words, title: str) -> Bundle:
    """Five bars rather than a web: its area would change with the order of the axes."""
    data = pd.DataFrame(
        {"name": [_dimension(each, words) for each in scores.index], "score": scores.round(1).to_list()}
    )
    y = alt.Y("name:N", sort=list(data["name"]), title=None, axis=alt.Axis(labelFontSize=13))
    x = alt.X("score:Q", title=words.text("portrait.card.x"), scale=alt.Scale(domain=[0, 100]))
    base = alt.Chart(data).encode(y=y)
    bars = base.transform_filter("isValid(datum.score)").mark_bar(color=CATEGORY[0]).encode(x=x)
    text = base.transform_filter("isValid(datum.score)").mark_text(**NOTE_TEXT, align="left", dx=6).encode(
        x=x, text=alt.Text("score:Q", format=".0f"))  # fmt: skip
    none = base.transform_filter("!isValid(datum.score)").mark_text(**NOTE_TEXT, align="left", dx=4).encode(
        x=alt.datum(0), text=alt.value(words.text("portrait.missing")))  # fmt: skip
    middle = alt.Chart(pd.DataFrame({"score": [50]})).mark_rule(strokeDash=[4, 4]).encode(x=x)
    drawing = alt.layer(bars, middle, text, none).properties(width=480, height=170)
    return chart(drawing, words, title=title, subtitle=words.text("portrait.card.subtitle"))


def _ranges(first: pd.DataFrame, words: Words, names: Names, title: str) -> Bundle:
    data = first[["low", "high", "score"]].round(1).assign(name=[name_of(names, one, words) for one in first.index])
    data["gap"] = data["high"] > data["low"]
    base = alt.Chart(data).encode(y=alt.Y("name:N", sort=list(data["name"]), title=None, axis=alt.Axis(labelLimit=260)))
    x = alt.X("low:Q", title=words.text("portrait.weights.x"), scale=alt.Scale(domain=[0, 100]))
    lines = base.mark_rule(strokeWidth=6, color=CONTEXT, opacity=0.8).encode(x=x, x2="high:Q")
    dots = base.mark_circle(size=120, color=CATEGORY[0]).encode(x=alt.X("score:Q"))
    drawing = (lines + dots).properties(width=400, height=26 * len(data))
    return chart(drawing, words, title=title, subtitle=words.text("portrait.weights.subtitle"))


def _intervals(counted: pd.DataFrame, words: Words, title: str) -> Bundle:
    data = counted[["rate", "low", "high"]].round(4).assign(name=[_channel(each, words) for each in counted.index])
    data["meant"] = [each in ("fair", "web") for each in counted.index]
    base = alt.Chart(data).encode(
        y=alt.Y("name:N", sort=list(data["name"]), title=None, axis=alt.Axis(labelFontSize=13))
    )
    axis = alt.Axis(labelExpr=percent(words.language), tickCount=6)
    top = max(0.6, float(data["high"].max()))
    x = alt.X("low:Q", title=words.text("portrait.channel.x"), axis=axis, scale=alt.Scale(domain=[0, top]))
    tint = alt.condition("datum.meant", alt.value(FOCUS), alt.value(CONTEXT))
    lines = base.mark_rule(strokeWidth=3).encode(x=x, x2="high:Q", color=tint)
    dots = base.mark_circle(size=130).encode(x=alt.X("rate:Q"), color=tint)
    drawing = (lines + dots).properties(width=480, height=150)
    return chart(drawing, words, title=title, subtitle=words.text("portrait.channel.subtitle"))


def _who(row: pd.Series, words: Words) -> list[str]:
    """What the customer list says of a firm; what it does not say is left out."""
    said = []
    for key in ("industry", "ownership", "region"):
        if row.get(key):
            said.append(words.text(f"company.{key}.{row[key]}"))
    lines = [words.join(said)] if said else []
    if row.get("employees") and row.get("annual_revenue"):
        size = {"employees": int(row["employees"]), "revenue": float(row["annual_revenue"])}
        lines.append(words.say("portrait.card.size", **size))
    if row.get("first_contact"):
        lines.append(
            words.say(
                "portrait.card.since",
                day=pd.Timestamp(row["first_contact"]),
                source=words.text(f"company.source.{row['source_channel']}"),
            )
        )
    return lines


def _figure(facts: pd.DataFrame, customer: Any, fact: str, words: Words) -> str:
    value = float(facts[fact].to_numpy(dtype=float)[facts.index.get_loc(customer)])
    if pd.isna(value):
        return words.text("portrait.missing")
    levels = {rank: level for level, rank in portrait.LEVELS.items()}
    level = levels.get(round(value), "") if fact == "depth" else ""
    return words.say(f"portrait.figure.{fact}", value=value, level=level)


def _shape_words(finding: Finding, words: Words) -> dict[str, str]:
    named = {key: _dimension(finding.values[key], words) for key in ("high", "low") if key in finding.values}
    return {**named, "missing": words.join(_dimension(each, words) for each in finding.values["missing"])}


def _channel_words(finding: Finding, words: Words) -> dict[str, str]:
    return {key: words.text(f"portrait.by.{finding.values[key]}") for key in ("one", "other")}


def _weight(value: int, words: Words) -> str:
    return words.say("portrait.weights.shown", value=value) if value else words.text("portrait.weights.left_out")


def _dimension(name: str, words: Words) -> str:
    return words.text(f"portrait.dimension.{name}")


def _fact(name: str, words: Words) -> str:
    return words.text(f"portrait.fact.{name}")


def _ask(fact: str, words: Words) -> str:
    return words.say("portrait.card.line", fact=_fact(fact, words), question=words.text(f"portrait.ask.{fact}"))


def _industry(name: str, words: Words) -> str:
    return words.text(f"company.industry.{name}")


def _channel(name: str, words: Words) -> str:
    return words.text(f"company.source.{name}")
