"""Altair / Vega-Lite 5 theme of the workbook. `theme(language, mode)` returns {"config": {...}}.

mode "adaptive"  for notebook outputs: no text colour is set, only opacities, and the ground is transparent,
                 so JupyterLab's own light or dark Vega theme supplies black or white ink; marks use the one
                 palette that keeps 3:1 on white and on #111.
mode "paper" / "dark"  for PNG, SVG, PDF and slides, where nobody supplies the ink.
The title says the finding; the subtitle says what is drawn, in which unit, from which data.
"""

from __future__ import annotations

from typing import Any

CATEGORY = ["#1f7a99", "#d9652b", "#8a72d8", "#5f6841", "#a63c71", "#7596b6", "#97956a", "#a57785"]
SEQUENTIAL = ["#e6f1f5", "#c2dde7", "#95c3d4", "#61a3bb", "#34819d", "#195f79", "#0b3f54"]
DIVERGING = ["#8f3d14", "#c4713f", "#e3b190", "#efece8", "#9cc4d2", "#4a93ae", "#135670"]  # below 0 / 0 / above
FOCUS, CONTEXT = CATEGORY[1], CATEGORY[5]  # the accounts meant, and all others
LATIN = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, "Noto Sans"'
HANZI = (
    '"PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "WenQuanYi Micro Hei"'
)
INK = {"paper": ("#1a222b", "#545f6b", "#dfe3e7", "#ffffff"), "dark": ("#e9edf0", "#a9b3bc", "#343a40", "#111111")}
NOTE = "#73787d"  # rules in adaptive mode: 4.4:1 on white, 4.2:1 on #111. Not for text.
# In-chart words: mark_text(**NOTE_TEXT). Unfilled, so Vega takes the ink from style guide-label, which JupyterLab
# makes black or white; a plain text mark would be compiled with fill black and vanish on a dark ground.
NOTE_TEXT = {"style": "guide-label", "filled": False, "stroke": "transparent", "fontSize": 13}


# A day is a day everywhere: on a local scale, readers west of Greenwich would see the day before.
UTC: dict[str, str] = {"type": "utc"}


def fonts(language: str) -> str:
    return f"{HANZI}, {LATIN}, sans-serif" if language == "zh" else f"{LATIN}, {HANZI}, sans-serif"


def theme(language: str = "en", mode: str = "adaptive") -> dict[str, Any]:
    font, adaptive = fonts(language), mode == "adaptive"
    ink, soft, line, ground = INK.get(mode, (None, None, None, "transparent"))

    def colour(**names: str | None) -> dict[str, Any]:
        return {} if adaptive else {k: v for k, v in names.items() if v}

    # The chart's own sentence is its text alternative; marks and axes would read out field names in English.
    axis = {
        "aria": False,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelPadding": 6,
        "titlePadding": 10,
        "ticks": False,
        "domain": False,
        "labelOverlap": True,
        "labelLimit": 200,
        **colour(labelColor=soft, titleColor=soft, gridColor=line, domainColor=soft),
        **(
            {"labelOpacity": 0.78, "titleOpacity": 0.78, "gridOpacity": 0.18, "gridColor": "#888888"}
            if adaptive
            else {}
        ),
    }
    config = {
        "font": font,
        "background": ground,
        "padding": {"left": 4, "right": 12, "top": 4, "bottom": 4},
        "view": {"stroke": None, "continuousWidth": 620, "continuousHeight": 320},
        "title": {
            "anchor": "start",
            "frame": "group",
            "fontSize": 17,
            "fontWeight": 600,
            "lineHeight": 23,
            "offset": 16,
            "subtitleFontSize": 12.5,
            "subtitleFontWeight": "normal",
            "subtitleLineHeight": 18,
            "subtitlePadding": 6,
            **colour(color=ink, subtitleColor=soft),
        },
        "axis": axis,
        "axisY": {
            "titleAngle": 0,
            "titleAlign": "left",
            "titleAnchor": "end",
            "titleY": -8,
            "titleX": 0,
            "titleBaseline": "bottom",
        },
        "axisXQuantitative": {
            "titleAnchor": "end",
            "grid": False,
            "domain": True,
            **({"domainOpacity": 0.5} if adaptive else {}),
        },
        "axisBand": {"grid": False},
        "legend": {
            "orient": "top",
            "direction": "horizontal",
            "title": None,
            "labelFontSize": 12,
            "symbolSize": 90,
            "offset": 4,
            **colour(labelColor=soft, titleColor=soft),
        },
        "header": {
            "labelFontSize": 13,
            "labelFontWeight": 600,
            "labelAnchor": "start",
            "title": None,
            **colour(labelColor=ink),
        },
        "range": {
            "category": CATEGORY,
            "heatmap": SEQUENTIAL,
            "ramp": SEQUENTIAL,
            "ordinal": SEQUENTIAL,
            "diverging": DIVERGING,
        },
        "mark": {"color": CATEGORY[0], "aria": False},
        "bar": {"cornerRadiusEnd": 3, "discreteBandSize": {"band": 0.72}},
        "line": {"strokeWidth": 2.5, "strokeCap": "round"},
        "point": {"size": 55, "strokeWidth": 1.6, "filled": False, "opacity": 1},
        "circle": {"size": 70, "opacity": 1},
        "rect": {"cornerRadius": 3},
        "rule": {"strokeWidth": 1.5, "color": NOTE if adaptive else ink},
        "text": {"fontSize": 13, "font": font, **colour(color=ink)},
        **({} if adaptive else {"style": {"guide-label": {"fill": soft}}}),
        "area": {"opacity": 0.25, "line": True},
    }
    return {"config": config}


def money(language: str) -> str:
    """Vega expression for an axis label in money: 1.2 m / 120 万, with a true minus sign."""
    steps = ((1e8, "亿"), (1e4, "万")) if language == "zh" else ((1e9, " bn"), (1e6, " m"))
    written = "format(abs(datum.value), ',.0f')"
    for size, unit in reversed(steps):
        written = (
            f"abs(datum.value) >= {size:.0f} ? format(abs(datum.value) / {size:.0f}, ',.3~r') + '{unit}' : {written}"
        )
    return f"(datum.value < 0 ? '−' : '') + ({written})"


def percent(language: str) -> str:
    """Vega expression for an axis label of a share: 30 % / 30%."""
    return "format(datum.value * 100, '.0f') + '%'" if language == "zh" else "format(datum.value * 100, '.0f') + ' %'"
