"""Order lines, returns, orders and products: what the invoices say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd

from custlib.analysis.simulate import plan
from custlib.analysis.simulate.buying import Book, abc
from custlib.analysis.simulate.draws import Rng, ids, quota
from custlib.content import dictionary

QUARTERS = 8
RETURNED = 0.03


def yuan(fen: np.ndarray) -> np.ndarray:
    """Whole fen as yuan with two decimals: the nearest number, never binary dust."""
    return np.round(np.asarray(fen, dtype=np.int64) / 100, 2)


def dates(day: np.ndarray) -> np.ndarray:
    """Days of the book as text; -1 and below as empty text."""
    known = np.datetime_as_string(np.datetime64(plan.FIRST, "D") + np.arange(plan.DAYS + 500))
    return np.where(day < 0, "", known[np.maximum(day, 0)]).astype(object)


def products(_: object = None) -> pd.DataFrame:
    """Products: product_id, name_zh, name_en, category, green (0/1), list_price and cost (yuan)."""
    categories, prices, words = plan.categories(), plan.prices(), dictionary()
    place = np.concatenate([np.arange(1, steps + 1) for _, _, steps, _ in plan.RANGES.values()])
    models = [
        f"{category[0].upper()}{category[1].upper()}-{step:02d}"
        for category, step in zip(categories, place, strict=True)
    ]
    return pd.DataFrame(
        {
            "product_id": ids("PR", len(prices), 2),
            **{
                f"name_{language}": [
                    words[f"names.product.{category}"][language].format(model=model)
                    for category, model in zip(categories, models, strict=True)
                ]
                for language in ("zh", "en")
            },
            "category": categories,
            "green": (categories == "green").astype(int),
            "list_price": yuan(prices),
            "cost": yuan(_costs()),
        }
    )


def _costs() -> np.ndarray:
    shares = np.array([share for *_, share in plan.RANGES.values()])
    steps = [steps for _, _, steps, _ in plan.RANGES.values()]
    return np.asarray(np.rint(plan.prices() * np.repeat(shares, steps)).astype(np.int64))


@dataclass(frozen=True, eq=False)
class Sales:
    """The lines of all orders as arrays, in fen, and the lines that came back."""

    book: Book

    @cached_property
    def order(self) -> np.ndarray:
        """The order each line belongs to: about four lines an order, fewer where an order is small."""
        rng = self.book.rng("lines")
        count = np.minimum(1 + rng.poisson(3, len(self.book.fen)), np.maximum(self.book.fen // 15_000, 1))
        return np.repeat(np.arange(len(count)), count)

    @cached_property
    def first(self) -> np.ndarray:
        """Where each order's lines begin."""
        return np.flatnonzero(np.diff(self.order, prepend=-1))

    @cached_property
    def planned(self) -> np.ndarray:
        """What each line should bring, in fen."""
        weight = 0.15 + self.book.rng("weights").exponential(1, len(self.order))
        whole = np.add.reduceat(weight, self.first)
        return np.asarray(self.book.fen[self.order] * weight / whole[self.order])

    @cached_property
    def customer(self) -> np.ndarray:
        return np.asarray(self.book.customer[self.order])

    @cached_property
    def day(self) -> np.ndarray:
        return np.asarray(self.book.day[self.order])

    @cached_property
    def green(self) -> np.ndarray:
        """Lines of the energy-saving line: a rising share of the revenue in retail, the same share elsewhere."""
        rng = self.book.rng("green")
        quarter = np.minimum(self.day * QUARTERS // plan.DAYS, QUARTERS - 1)
        retail = self.book.industry[self.customer] == "retail"
        aims = np.linspace(plan.GREEN_START, plan.GREEN_END, QUARTERS)
        result = np.zeros(len(self.order), dtype=bool)
        for at in range(QUARTERS):
            for inside, share in ((retail, float(aims[at])), (~retail, plan.GREEN_START)):
                lines = rng.permutation(np.flatnonzero(inside & (quarter == at)))
                left = share * self.planned[lines].sum()
                # Only lines that are small beside what is left: no single customer makes the trend.
                for line, fen in zip(lines.tolist(), self.planned[lines].tolist(), strict=True):
                    if fen <= left * 0.2 or fen <= left < 100_000:
                        result[line] = True
                        left -= fen
        return result

    @cached_property
    def _bought(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Product, quantity and discount (in hundredths of a per cent) of each line."""
        rng, prices = self.book.rng("products"), plan.prices()
        thin = np.isin(self.customer, self.book.losses)
        wanted = np.where(thin, rng.uniform(0.34, 0.38, len(thin)), rng.uniform(0.03, 0.26, len(thin)))
        product = np.empty(len(thin), dtype=np.int64)
        quantity = np.empty(len(thin), dtype=np.int64)
        for green in (False, True):
            offered = np.flatnonzero((plan.categories() == "green") == green)
            lines = np.flatnonzero(self.green == green)
            price = prices[offered]
            count = np.maximum(np.rint(self.planned[lines, None] / (price * (1 - wanted[lines, None]))), 1)
            given = 1 - self.planned[lines, None] / (count * price)
            low, high = np.where(thin[lines], 0.30, 0.0)[:, None], np.where(thin[lines], 0.40, 0.32)[:, None]
            fits = (given >= low) & (given <= high) & (count <= 400)
            # Among what fits by chance; where nothing fits, the nearest discount.
            luck = rng.random(fits.shape)
            best = np.argmax(np.where(fits, 1 + luck, -np.abs(given - 0.15)), axis=1)
            product[lines], quantity[lines] = offered[best], count[np.arange(len(lines)), best]
        given = 1 - self.planned / (quantity * prices[product])
        return product, quantity, np.rint(np.clip(given, 0, 0.6) * 10_000).astype(np.int64)

    @property
    def product(self) -> np.ndarray:
        return self._bought[0]

    @property
    def quantity(self) -> np.ndarray:
        return self._bought[1]

    @property
    def discount(self) -> np.ndarray:
        return self._bought[2]

    @cached_property
    def net(self) -> np.ndarray:
        """Net amount of each line in fen: quantity × list price × (1 − discount), half a fen rounded up."""
        return np.asarray((self.quantity * plan.prices()[self.product] * (10_000 - self.discount) + 5_000) // 10_000)

    @cached_property
    def cogs(self) -> np.ndarray:
        return np.asarray(self.quantity * _costs()[self.product])

    @cached_property
    def returned(self) -> np.ndarray:
        """Lines that come back whole, three in a hundred.

        Never the largest of an order, nothing of the last month, and none of the loss accounts, who stay large.
        """
        largest = self.net >= np.maximum.reduceat(self.net, self.first)[self.order]
        able = np.flatnonzero(~largest & (self.day < plan.DAYS - 32) & ~np.isin(self.customer, self.book.losses))
        return np.sort(self.book.rng("returns").permutation(able)[: round(RETURNED * len(self.order))])

    @cached_property
    def channel(self) -> np.ndarray:
        """Channel of each order."""
        rng = self.book.rng("channel")
        dealt = self.book.dealer[self.book.customer] > 0
        online = rng.random(len(self.book.fen)) < 0.25
        # Those who have two numbers use both, in turn.
        turn = pd.Series(self.book.customer).groupby(self.book.customer).cumcount().to_numpy()
        online = np.where(np.isin(self.book.customer, self.book.split), turn % 2 == 1, online & ~dealt)
        return np.where(online, "online", np.where(dealt, "dealer", "direct"))

    def revenue(self, first: int, last: int = plan.DAYS) -> np.ndarray:
        """Net revenue of each customer between two days in fen, returns deducted on the day they came back."""
        return self._sum(self.net, first, last)

    @cached_property
    def classes(self) -> np.ndarray:
        """A, B or C by net revenue of the last twelve months, as the invoices have it."""
        return abc(self.revenue(plan.YEAR))

    @cached_property
    def hidden(self) -> np.ndarray:
        """Customers of class C whose wallet is large: the planted hidden potential."""
        able = np.flatnonzero((self.classes == "C") & (self.revenue(plan.YEAR) > 500_000))
        return np.sort(self.book.rng("hidden").permutation(able)[: plan.HIDDEN])

    def margin(self, first: int, last: int = plan.DAYS) -> np.ndarray:
        """Net revenue less cost of goods, in fen."""
        return self._sum(self.net - self.cogs, first, last)

    def _sum(self, value: np.ndarray, first: int, last: int) -> np.ndarray:
        back = self.returned
        day = np.concatenate([self.day, self.back_day])
        inside = (day >= first) & (day < last)
        who, what = np.concatenate([self.customer, self.customer[back]]), np.concatenate([value, -value[back]])
        return np.bincount(who[inside], what[inside], self.book.size)

    @cached_property
    def back_day(self) -> np.ndarray:
        return np.asarray(self.day[self.returned] + self.book.rng("back").integers(3, 31, len(self.returned)))


def numbers(sales: Sales) -> np.ndarray:
    return ids("A", len(sales.book.fen), 5)


@lru_cache(maxsize=2)
def transactions(sales: Sales) -> pd.DataFrame:
    """Order lines and returns, in order of days.

    Columns: order_id, line, customer_id, account_id (the number it was bought under: C… or W… for the online shop),
    date, channel, dealer, product_id, category, qty (pieces, negative for returns), list_price (yuan a piece),
    discount (share), net_amount and cogs (yuan, negative for returns), type (sale, return), ref_order.
    """
    customers, order_ids, offered = ids("C", sales.book.size), numbers(sales), ids("PR", len(plan.prices()), 2)
    back, rows = sales.returned, np.concatenate([np.arange(len(sales.order)), sales.returned])
    sign = np.repeat([1, -1], [len(sales.order), len(back)])
    returns = ids("R", len(back))[np.argsort(np.argsort(sales.back_day, kind="stable"), kind="stable")]
    web = np.full(sales.book.size, "", dtype=object)
    web[sales.book.split] = ids("W", len(sales.book.split))
    order, customer = sales.order[rows], sales.customer[rows]
    online = sales.channel[order] == "online"
    line = np.arange(len(sales.order)) - sales.first[sales.order] + 1
    table = pd.DataFrame(
        {
            "order_id": np.concatenate([order_ids[sales.order], returns]),
            "line": np.concatenate([line, np.ones(len(back), dtype=int)]),
            "customer_id": customers[customer],
            "account_id": np.where(online & (web[customer] != ""), web[customer], customers[customer]),
            "date": dates(np.concatenate([sales.day, sales.back_day])),
            "channel": sales.channel[order],
            "dealer": dealer_ids(sales.book.dealer)[customer],
            "product_id": offered[sales.product[rows]],
            "category": plan.categories()[sales.product[rows]],
            "qty": sign * sales.quantity[rows],
            "list_price": yuan(plan.prices()[sales.product[rows]]),
            "discount": np.round(sales.discount[rows] / 10_000, 4),
            "net_amount": yuan(sign * sales.net[rows]),
            "cogs": yuan(sign * sales.cogs[rows]),
            "type": np.where(sign > 0, "sale", "return"),
            "ref_order": np.where(sign > 0, "", order_ids[order]),
        }
    )
    return table.sort_values(["date", "order_id", "line"], kind="stable", ignore_index=True)


def orders(sales: Sales) -> pd.DataFrame:
    """Orders and returns: order_id, customer_id, date, amount (yuan net, returns negative), in order of days."""
    customers = ids("C", sales.book.size)
    back = sales.returned
    place = np.argsort(np.argsort(sales.back_day, kind="stable"), kind="stable")
    table = pd.DataFrame(
        {
            "order_id": np.concatenate([numbers(sales), ids("R", len(back))[place]]),
            "customer_id": np.concatenate([customers[sales.book.customer], customers[sales.customer[back]]]),
            "date": dates(np.concatenate([sales.book.day, sales.back_day])),
            "amount": yuan(np.concatenate([np.add.reduceat(sales.net, sales.first), -sales.net[back]])),
        }
    )
    return table.sort_values(["date", "order_id"], kind="stable", ignore_index=True)


def dealer_ids(number: np.ndarray) -> np.ndarray:
    return np.asarray(np.concatenate([[""], ids("D", plan.DEALERS, 2)])[number])


def rated(rng: Rng, size: int, shares: dict[int, float]) -> np.ndarray:
    """So many of each number, exactly."""
    return quota(rng, size, {str(key): share for key, share in shares.items()}).astype(int)
