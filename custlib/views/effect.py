"""Lesson 11: what an action has brought, against the market, a control group, and chance."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

import altair as alt
import pandas as pd

from custlib.analysis import effect, trends
from custlib.content import Words
from custlib.views.bundle import Bundle, filled, skeleton, table, widget
from custlib.views.panel import Answer, panel, slider
from custlib.views.spans import spans
from custlib.views.theme import CATEGORY, CONTEXT, FOCUS, NOTE_TEXT, percent

GROWTH, MARKET = (-30, 60, 1), (-20, 40, 1)
SPLITS = ("industry", "ownership", "region")
UPLIFT = ("persuadable", "sure", "lost", "sleeping")


def versus(campaign: pd.DataFrame, *, words: Words) -> Bundle:
    """Three answers to one question: before and after, afterwards with and without, and the difference of differences."""
    found = {
        "before_after": effect.before_after(campaign),
        "uplift": effect.uplift(campaign),
        "difference": effect.difference(campaign),
    }
    rows = pd.DataFrame(
        {
            "name": [words.text(f"effect.way.{code}") for code in found],
            "value": [each.ratio for each in found.values()],
            "low": [each.low for each in found.values()],
            "high": [each.high for each in found.values()],
            "mark": [code == "difference" for code in found],
        }
    )
    finding = effect.finding(found["difference"], found["before_after"])
    about = words.say("effect.did.subtitle", n=finding.values["n"])
    return spans(rows, words, title=words.say(finding), subtitle=about, axis=words.text("effect.did.x"))


def typical(campaign: pd.DataFrame, *, words: Words) -> Bundle:
    """The four figures a difference in differences is made of, for a typical account of each group."""
    found = effect.difference(campaign)
    heads = [words.text(f"effect.typical.{key}") for key in ("group", "n", "growth")]
    rows = [
        [words.text("effect.typical.treated"), words.number(found.n_treated), words.percent(found.treated, 1)],
        [words.text("effect.typical.control"), words.number(found.n_control), words.percent(found.control, 1)],
    ]
    values = {
        "ratio": found.ratio,
        "points": 100 * found.points,
        "treated": 1 + found.treated,
        "control": 1 + found.control,
    }
    return table(
        pd.DataFrame(rows, columns=heads), caption=words.say("effect.typical.caption", **values), numeric=heads[1:]
    )


def market(*, words: Words, growth: int = 30, market: int = 12) -> Bundle:
    """A panel: a growth, the market's growth, and what is left."""
    view = panel({"growth": growth, "market": market}, partial(market_answer, words), words, height=180)
    return widget(view, words, "effect.market.still")


def market_answer(words: Words, values: dict[str, Any]) -> Answer:
    """Take the market out of a growth."""
    growth = min(max(int(values["growth"]), GROWTH[0]), GROWTH[1])
    around = min(max(int(values["market"]), MARKET[0]), MARKET[1])
    finding = effect.market_finding(growth / 100, around / 100)
    title, rest = words.say(finding), finding.values["rest"]
    model: dict[str, Any] = {
        "controls": [
            slider("growth", words.text("effect.market.growth"), growth, words.percent(growth / 100), GROWTH),
            slider("market", words.text("effect.market.around"), around, words.percent(around / 100), MARKET),
        ],
        "kpis": [
            {"label": words.text("effect.market.kpi_minus"), "value": words.number(growth - around, 1)},
            {"label": words.text("effect.market.kpi_ratio"), "value": words.percent(rest, 1)},
        ],
        "notice_label": words.text("classification.notice"),
        "notice": words.text("effect.market.notice"),
        "says": title,
    }
    rows = pd.DataFrame(
        {
            "name": [words.text(f"effect.market.bar_{key}") for key in ("claim", "market", "rest")],
            "share": [growth / 100, around / 100, round(rest, 4)],
            "mark": [False, False, True],
        }
    )
    about = words.text("effect.market.subtitle")
    return model, filled(_market(words.language), words, title=title, subtitle=about, data={"rows": rows})


def groups(campaign: pd.DataFrame, customers: pd.DataFrame, *, words: Words) -> Bundle:
    """A panel: the effect in groups of accounts; do they differ by more than chance?"""
    labels = customers.set_index("customer_id")
    found = {code: effect.groups(campaign, labels[code]) for code in SPLITS}
    view = panel({"split": SPLITS[0]}, partial(groups_answer, found, words), words, height=340)
    return widget(view, words, "effect.groups.still")


def groups_answer(found: dict[str, pd.DataFrame], words: Words, values: dict[str, Any]) -> Answer:
    """Show the effect by group under one way of splitting."""
    split = str(values["split"]) if str(values["split"]) in found else SPLITS[0]
    each = found[split].sort_values("ratio", ascending=False, kind="stable")
    named = {code: words.text(f"company.{split}.{code}") for code in each.index}
    finding = effect.groups_finding(each)
    values = {key: named.get(finding.values.get(key), "") for key in ("best", "worst")}
    title = words.say(finding, **values)
    rows = pd.DataFrame({"name": [named[code] for code in each.index]})
    for key, column in (("value", "ratio"), ("low", "low"), ("high", "high")):
        rows[key] = each[column].to_numpy(dtype=float)
    options = [[code, words.text(f"effect.groups.by_{code}")] for code in found]
    pick = words.text("effect.groups.pick")
    model: dict[str, Any] = {
        "controls": [{"kind": "segment", "key": "split", "label": pick, "options": options, "value": split}],
        "notice_label": words.text("classification.notice"),
        "notice": words.text("effect.groups.notice"),
        "says": title,
    }
    about = words.say("effect.groups.subtitle", n=int(each["n"].sum()))
    return model, spans(rows.assign(mark=False), words, title=title, subtitle=about, axis=words.text("effect.did.x"))


def four(*, words: Words) -> Bundle:
    """The four uplift groups: who buys with an action, who without."""
    heads = [words.text(f"effect.four.head_{key}") for key in ("group", "with", "without", "do")]
    bought = {
        "persuadable": ("buys", "passes"),
        "sure": ("buys", "buys"),
        "lost": ("passes", "passes"),
        "sleeping": ("passes", "buys"),
    }
    rows = [
        [
            words.text(f"effect.four.{code}"),
            *(words.text(f"effect.four.{each}") for each in bought[code]),
            words.text(f"effect.four.{code}_do"),
        ]
        for code in UPLIFT
    ]
    return table(pd.DataFrame(rows, columns=heads), caption=words.text("effect.four.caption"))


def fifths(orders: pd.DataFrame, *, words: Words, as_of: object = None) -> Bundle:
    """A panel: customers sorted by one half-year, and how the other compares."""
    found = {by: effect.fifths(orders, by=by, as_of=as_of) for by in ("before", "after")}
    view = panel({"by": "before"}, partial(fifths_answer, found, words), words, height=290)
    return widget(view, words, "effect.mean.still")


def fifths_answer(found: dict[str, pd.DataFrame], words: Words, values: dict[str, Any]) -> Answer:
    """Growth of each fifth, sorted by the earlier or by the later half-year."""
    by = str(values["by"]) if str(values["by"]) in found else "before"
    each = found[by]
    finding = effect.fifths_finding(each)
    title, kind = words.say(finding), finding.code.rpartition(".")[2]
    options = [[code, words.text(f"effect.mean.by_{code}")] for code in found]
    pick = words.text("effect.mean.pick")
    model: dict[str, Any] = {
        "controls": [{"kind": "segment", "key": "by", "label": pick, "options": options, "value": by}],
        "notice_label": words.text("classification.notice"),
        "notice": words.text(f"effect.mean.notice_{kind if kind in ('back', 'forth') else 'level'}"),
        "says": title,
    }
    ends = (1, 5)
    rows = pd.DataFrame(
        {
            "name": [words.text(f"effect.mean.fifth_{int(at)}") for at in each.index],
            "share": [round(float(value), 4) for value in each["growth"]],
            "mark": [at in ends for at in each.index],
        }
    )
    about = words.say("effect.mean.subtitle", n=each.attrs["n"], by=by)
    return model, filled(_fifths(words.language), words, title=title, subtitle=about, data={"rows": rows})


def dealers(lines: pd.DataFrame, *, words: Words) -> Bundle:
    """Each dealer's index in two years: who led, and who still leads."""
    found = effect.dealers(lines)
    finding = effect.dealers_finding(found)
    kind = [
        "strong" if led and leads else "lucky" if led else "rest"
        for led, leads in zip(found["led"], found["leads"], strict=True)
    ]
    years = [words.text(f"effect.dealers.{key}") for key in ("before", "after")]
    rows = pd.DataFrame(
        {
            "dealer": list(found.index) * 2,
            "year": [year for year in years for _ in found.index],
            "index": [round(float(each), 1) for key in ("before", "after") for each in found[key]],
            "kind": [words.text(f"effect.dealers.{each}") for each in kind] * 2,
        }
    )
    title = words.say(finding)
    about = words.say("effect.dealers.subtitle", n=len(found), market=found.attrs["market"])
    return filled(_dealers(words.language), words, title=title, subtitle=about, data={"rows": rows})


def line(lines: pd.DataFrame, customers: pd.DataFrame, *, words: Words) -> Bundle:
    """The energy-saving line's share in retail and elsewhere, by quarter."""
    found = trends.line_share(lines, customers)
    finding = trends.line_finding(found)
    rows = pd.concat(
        pd.DataFrame(
            {"quarter": found.index, "share": found[key].round(4), "where": words.text(f"effect.line.{key}")}
        ).dropna()
        for key in ("inside", "outside")
    )
    known = "price0" in finding.values
    about = words.say(
        "effect.line.subtitle", **{key: finding.values[key] for key in ("price0", "price1")} if known else {}
    )
    return filled(_line(words.language), words, title=words.say(finding), subtitle=about, data={"rows": rows})


def needs(customers: pd.DataFrame, *, words: Words) -> Bundle:
    """How often each industry voices security first."""
    found = trends.need_by_industry(customers)
    finding = trends.need_finding(found)
    rows = found[["share", "low", "high", "ahead"]].rename(columns={"share": "value", "ahead": "mark"})
    rows.insert(0, "name", [words.text(f"company.industry.{code}") for code in found.index])
    ahead = [words.text(f"company.industry.{code}") for code in finding.values.get("ahead", [])]
    title, about = words.say(finding, ahead=ahead), words.say("effect.need.subtitle", n=int(found["n"].sum()))
    return spans(rows, words, title=title, subtitle=about, axis=words.text("effect.need.x"))


def joined(lines: pd.DataFrame, *, words: Words) -> Bundle:
    """Customers with two numbers: purchases before and after the two are joined."""
    found = trends.joined(lines)
    rows = pd.DataFrame(
        {
            "name": [words.text(f"effect.joined.{key}") for key in ("apart", "whole")],
            "n": [round(float(found[key].mean()), 2) if len(found) else 0.0 for key in ("apart", "whole")],
            "mark": [False, True],
        }
    )
    title, about = words.say(trends.joined_finding(found)), words.text("effect.joined.subtitle")
    return filled(_joined(words.language), words, title=title, subtitle=about, data={"rows": rows})


@lru_cache(maxsize=2)
def _market(language: str) -> dict[str, Any]:
    words = Words(language)
    names = [words.text(f"effect.market.bar_{key}") for key in ("claim", "market", "rest")]
    return _shares(language, names, words.text("effect.market.x"), height=100, domain=[-0.6, 1.0])


@lru_cache(maxsize=2)
def _fifths(language: str) -> dict[str, Any]:
    words = Words(language)
    names = [words.text(f"effect.mean.fifth_{at}") for at in range(1, 6)]
    return _shares(language, names, words.text("effect.mean.x"), height=170)


def _shares(
    language: str, names: list[str], title: str, *, height: int, domain: list[float] | None = None
) -> dict[str, Any]:
    axis = alt.Axis(labelExpr=percent(language), tickCount=6, labelFlush=False)
    scale = alt.Scale(domain=domain) if domain else alt.Scale()
    x = alt.X("share:Q", title=title, axis=axis, scale=scale)
    y = alt.Y("name:N", sort=names, title=None, axis=alt.Axis(labelLimit=260, labelFontSize=13))
    tint = alt.condition("datum.mark", alt.value(FOCUS), alt.value(CONTEXT))
    bars = alt.Chart(alt.NamedData("rows")).mark_bar().encode(x, y, color=tint)
    return skeleton(bars.properties(width=420, height=height), language)


@lru_cache(maxsize=2)
def _dealers(language: str) -> dict[str, Any]:
    words = Words(language)
    years = [words.text(f"effect.dealers.{key}") for key in ("before", "after")]
    kinds = [words.text(f"effect.dealers.{key}") for key in ("strong", "lucky", "rest")]
    colour = alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=[FOCUS, CATEGORY[2], CONTEXT]))
    dash = alt.StrokeDash("kind:N", scale=alt.Scale(domain=kinds, range=[[1, 0], [6, 4], [1, 0]]))
    x = alt.X("year:N", sort=years, title=None, axis=alt.Axis(labelAngle=0, labelFontSize=13))
    y = alt.Y("index:Q", title=None, scale=alt.Scale(domainMin=0))
    base = alt.Chart(alt.NamedData("rows")).encode(x, y, color=colour, detail="dealer:N")
    layers = base.mark_line().encode(strokeDash=dash) + base.mark_point(filled=True, size=60)
    return skeleton(layers.properties(width=440, height=250), language)


@lru_cache(maxsize=2)
def _line(language: str) -> dict[str, Any]:
    words = Words(language)
    kinds = [words.text(f"effect.line.{key}") for key in ("inside", "outside")]
    colour = alt.Color("where:N", scale=alt.Scale(domain=kinds, range=[FOCUS, CONTEXT]))
    x = alt.X("quarter:O", title=words.text("effect.line.x"), axis=alt.Axis(labelAngle=0))
    label = alt.Axis(labelExpr=percent(language), tickCount=5)
    y = alt.Y("share:Q", title=None, axis=label, scale=alt.Scale(domainMin=0))
    drawn = alt.Chart(alt.NamedData("rows")).mark_line(point=True).encode(x, y, color=colour)
    return skeleton(drawn.properties(width=520, height=220), language)


@lru_cache(maxsize=2)
def _joined(language: str) -> dict[str, Any]:
    words = Words(language)
    names = [words.text(f"effect.joined.{key}") for key in ("apart", "whole")]
    x = alt.X("n:Q", title=words.text("effect.joined.x"))
    y = alt.Y("name:N", sort=names, title=None, axis=alt.Axis(labelLimit=260, labelFontSize=13))
    tint = alt.condition("datum.mark", alt.value(FOCUS), alt.value(CONTEXT))
    base = alt.Chart(alt.NamedData("rows")).encode(x, y)
    bars = base.mark_bar().encode(color=tint) + base.mark_text(align="left", dx=6, **NOTE_TEXT).encode(text="n:Q")
    return skeleton(bars.properties(width=400, height=70), language)
