"""Answers of lesson 03, worked out from the notes of the meetings. A function answers the exercise of its name."""

import pandas as pd

from custlib.analysis import needs, styles

# What a side is taken for by who mixes up the axes, and by who mixes up the ends of one.
TAKEN = {
    "axis": {"ask": "control", "tell": "emote", "control": "ask", "emote": "tell"},
    "turned": {"ask": "tell", "tell": "ask", "control": "emote", "emote": "control"},
}
AXES = ("assertiveness", "responsiveness")


def styles_2(tables, params):
    """Assertiveness of a meeting at which no slip leads to the same share."""
    placed = styles.place(tables["observations"]).set_index("meeting_id").drop(params["worked"])
    a, r, n, m = (placed[name] for name in (*AXES, "cues_assertiveness", "cues_responsiveness"))
    table = pd.DataFrame({"answer": a, "axis": r, "all": a * n / (n + m), "asks": 1 - a}).dropna()
    apart = table[table.apply(lambda row: row.round(2).nunique() == len(row), axis=1)]
    row = apart.iloc[params["rng"].choice(range(len(apart)))]
    given = tables["observations"].query("meeting_id == @row.name")[["cue_code"]].reset_index(drop=True)
    slips = {name: row[name] for name in ("axis", "all", "asks")}
    counts = {"tells": round(row["answer"] * n[row.name]), "cues": int(n[row.name])}
    return {"answer": row["answer"], "slips": slips, "given": given, **counts, **_who(tables, row.name)}


def styles_3(tables, params):
    """A meeting with a single cue on one axis: it has no place there."""
    placed = styles.place(tables["observations"])
    few = placed[placed["cues_responsiveness"] == styles.LEAST - 1]["meeting_id"]
    meeting = params["rng"].choice(list(few))
    noted = tables["observations"].query("meeting_id == @meeting")["cue_code"]
    cue = next(code for code in noted if styles.CUES[code] in styles.AXES["responsiveness"])
    share = float(styles.CUES[cue] == "emote")
    style = placed.set_index("meeting_id").at[meeting, "style"]
    return {"answer": style, "cue": cue, "share": share, **_who(tables, meeting)}


def styles_4(tables, params):
    """The sides of six cues, at least one of each side."""
    by_side = {side: [code for code, other in styles.CUES.items() if other == side] for side in styles.SIDES}
    drawn = [params["rng"].choice(codes) for codes in by_side.values()]
    drawn += params["rng"].sample([code for code in styles.CUES if code not in drawn], 2)
    cues = dict(zip("abcdef", params["rng"].sample(drawn, 6), strict=True))
    answer = {item: styles.CUES[code] for item, code in cues.items()}
    slips = {name: {item: taken[side] for item, side in answer.items()} for name, taken in TAKEN.items()}
    return {"answer": answer, "slips": slips, **cues}


def styles_6(tables, params):
    """What a meeting with a clear style asks of you: the same style in each line."""
    placed = styles.place(tables["observations"])
    clear = placed[placed["style"].isin(styles.STYLES)].set_index("meeting_id")["style"]
    meeting = params["rng"].choice(list(clear.index))
    given = tables["observations"].query("meeting_id == @meeting")[["cue_code"]].reset_index(drop=True)
    opposite = {"driving": "amiable", "amiable": "driving", "expressive": "analytical", "analytical": "expressive"}
    settings = ("open", "bring", "avoid")
    slips = {"opposite": dict.fromkeys(settings, opposite[clear[meeting]])}
    answer = dict.fromkeys(settings, clear[meeting])
    return {"answer": answer, "slips": slips, "given": given, "style": clear[meeting], **_who(tables, meeting)}


def styles_10(tables, params):
    """κ of two colleagues: the second reads three to five sentences another way."""
    first = needs.ours()
    second, rng = first.copy(), params["rng"]
    for code in rng.sample(list(first.index), rng.choice([3, 4, 5])):
        second[code] = rng.choice([level for level in needs.LEVELS if level != first[code]])
    found = needs.compare(first, second)
    share, chance = found.found.observed, round(found.found.expected, 2)
    slips = {"share": share, "gap": share - chance}
    figures = {"n": found.found.n, "same": found.finding.values["same"], "chance": chance, "share": share}
    return {"answer": (share - chance) / (1 - chance), "slips": slips, **figures}


def _who(tables, meeting):
    """The person and the occasion of a meeting, in both languages."""
    row = tables["meetings"].set_index("meeting_id").loc[meeting]
    return {key: {"en": row[f"{key}_en"], "zh": row[f"{key}_zh"]} for key in ("person", "occasion")}
