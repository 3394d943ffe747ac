"""Answers of lesson 04, worked out from the coded talks. A function answers the exercise of its name."""

from custlib.analysis import dialogue


def dialogue_4(tables, params):
    """Talks that moved on, of eight drawn so that no slip leads to the right count."""
    ended = dialogue.outcome(tables["talks"])
    moved, slips = 0, {}
    while len({moved, *slips.values()}) < 4:
        drawn = ended.loc[sorted(params["rng"].sample(list(ended.index), 8))]
        orders, advances, loose = _counts(drawn)
        moved = orders + advances
        slips = {"step": moved + loose, "signed": orders, "still": len(drawn) - moved}
    figures = {"talks": len(drawn), "orders": orders, "advances": advances, "loose": loose}
    return {"answer": moved, "slips": slips, "given": drawn.reset_index(drop=True), **figures}


def _counts(drawn):
    """Orders, advances, and steps that were agreed without a day."""
    loose = (drawn["step"] == "yes") & (drawn["outcome"] == "continuation")
    return int((drawn["outcome"] == "order").sum()), int((drawn["outcome"] == "advance").sum()), int(loose.sum())
