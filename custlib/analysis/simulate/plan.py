"""What the company sells, to whom, and the truths planted in its books. Codes; the words are in words/company.yaml."""

from __future__ import annotations

import numpy as np
import pandas as pd

AS_OF = pd.Timestamp("2025-06-30")
WEEKS = 104
DAYS = WEEKS * 7
FIRST = AS_OF - pd.Timedelta(days=DAYS - 1)
CUSTOMERS = 2_400
# The first day of each half-year but the first, in days from FIRST: 1 January 2024, 1 July 2024, 1 January 2025.
HALVES = np.array([(pd.Timestamp(day) - FIRST).days for day in ("2024-01-01", "2024-07-01", "2025-01-01")])
YEAR = int(HALVES[1])  # the last twelve months begin here

# Buying: BG/NBD (Fader, Hardie & Lee 2005), time in weeks.
RATE = {"r": 0.8, "alpha": 12.0}
DROPOUT = {"a": 1.2, "b": 4.0}
# Revenue of the last twelve months: log-normal, so that a fifth of the customers bring four fifths.
SIGMA = 1.69
MEDIAN_FEN = 4_500_000
CLASS_CHANGE = 0.12
ABC = (0.80, 0.95)

INDUSTRIES = {
    "retail": 0.16,
    "finance": 0.08,
    "manufacturing": 0.30,
    "software": 0.10,
    "healthcare": 0.11,
    "automotive": 0.13,
    "appliances": 0.12,
}
TRADES = {
    "retail": "retail supermarkets homestores freshmarkets pharmacies bookstores outlets convenience plazas",
    "finance": "bank insurance securities leasing trust payments",
    "manufacturing": "machinery foods electronics textiles chemicals printing water logistics paper glass tubes "
    "plastics packaging bearings cables ceramics cement",
    "software": "software datacentre networks games information cloud telecom",
    "healthcare": "hospital clinics pharma devices diagnostics rehab dental",
    "automotive": "autoparts motors tyres seating castings newenergy carsales",
    "appliances": "appliances cooling kitchen lighting smarthome smallappliances washers",
}
GROWTH = {
    "retail": 0.03,
    "finance": 0.04,
    "manufacturing": 0.05,
    "software": 0.12,
    "healthcare": 0.08,
    "automotive": 0.06,
    "appliances": 0.02,
}
OWNERSHIP = {"state": 0.24, "private": 0.58, "foreign": 0.18}
PUBLIC = 0.55  # of healthcare: public institutions
REGIONS = {
    "east": 0.34,
    "south": 0.22,
    "north": 0.16,
    "central": 0.11,
    "southwest": 0.09,
    "northeast": 0.05,
    "northwest": 0.03,
}
SOURCES = {"fair": 0.25, "web": 0.30, "referral": 0.25, "phone": 0.20}
SECURE = ("finance", "healthcare")  # where security is the first need
SECURITY = {True: 0.70, False: 0.20}
OTHER_NEEDS = {"cost": 0.4, "belonging": 0.25, "growth": 0.2, "esteem": 0.15}

# Products: cheapest and dearest list price (yuan) and how many steps between them; cost as a share of list price.
RANGES = {
    "drive": (900, 160_000, 10, 0.54),
    "backup": (1_500, 280_000, 9, 0.55),
    "battery": (400, 90_000, 8, 0.58),
    "software": (600, 60_000, 7, 0.30),
    "spare": (18, 6_000, 10, 0.42),
    "service": (120, 40_000, 8, 0.46),
    "green": (48, 120_000, 8, 0.52),
}
GREEN_START, GREEN_END = 0.08, 0.22  # share of the energy-saving line in retail, first and last quarter

OWNERS = 24
DEALERS, DEALT = 12, 0.30
STRONG, LUCKY = 2, 3
LOSSES = 15
HIDDEN, HIDDEN_SHARE = 25, 0.15
SPLIT = 60
PLANLESS = 0.40
RULE_AGREES = 0.92
# Churn of service contracts: log odds per late delivery, complaint, rival offer, year of tenure, per cent of price.
CHURN = {"late_deliveries": 0.35, "open_complaints": 0.70, "rival_offer": 0.80, "tenure": -0.12, "price_change": 0.08}
CHURN_SHARE = 0.168
MARKET, EFFECT = 0.12, 0.15
# Two departments grade: right this often; else sales grades one step higher, service one step lower,
# and at the end of the scale the other way. The four grades are equally frequent.
RIGHT = {1: 0.70, 2: 0.92}
REORDER_FIVES, OTHER_FIVES = 0.60, 0.14  # of those who ordered again, and of the others: how many gave a five
ON_TIME_PCT, RESPONSE_HOURS = 96.0, 40.0
PERCEIVED = {"on_time": 5.8, "response": 4.6}
USD = 7.2  # yuan, the company's book rate


def prices() -> np.ndarray:
    """List price of each product in fen, in the order of the products table."""
    ladders = [np.geomspace(low, high, steps) for low, high, steps, _ in RANGES.values()]
    # Two leading digits, so that a price looks like one.
    raw = np.concatenate(ladders)
    power = 10.0 ** (np.floor(np.log10(raw)) - 1)
    return (np.rint(raw / power) * power * 100).astype(np.int64)


def categories() -> np.ndarray:
    """Category of each product, in the order of the products table."""
    return np.repeat(np.array(list(RANGES)), [steps for _, _, steps, _ in RANGES.values()])
