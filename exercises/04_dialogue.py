"""Answers of lesson 04, worked out from the coded talks. A function answers the exercise of its name."""

from custlib.analysis import dialogue


def dialogue_4(tables, params):
    """Talks that moved on, of eight drawn so that no slip leads to the right count."""
    ended = dialogue.outcome(tables["talks"])
    while True:
        drawn = ended.loc[sorted(params["rng"].sample(list(ended.index), 8))]
        count = {name: int((drawn["outcome"] == name).sum()) for name in dialogue.OUTCOMES}
        loose = int(((drawn["step"] == "yes") & (drawn["outcome"] == "continuation")).sum())
        moved = count["order"] + count["advance"]
        slips = {"step": moved + loose, "signed": count["order"], "still": len(drawn) - moved}
        if loose and count["order"] and len({moved, *slips.values()}) == 4:
            break
    given = drawn[["talk", "signed", "step", "day", "closed"]].reset_index(drop=True)
    figures = {"talks": len(drawn), "orders": count["order"], "advances": count["advance"], "loose": loose}
    return {"answer": moved, "slips": slips, "given": given, **figures}
