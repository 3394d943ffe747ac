"""Maximum likelihood for models whose parameters are all above zero: found on their logarithms."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from custlib.content import Finding, Words
from custlib.errors import DataWarning

Objective = Callable[[np.ndarray], tuple[float, np.ndarray]]
REACH = 9.0  # how far a logarithm may go from its start: a factor of about 8,000
STEP = 1e-5


@dataclass(frozen=True)
class Optimum:
    """Where the likelihood is highest, in logarithms of the parameters; no covariance where it is flat."""

    logs: np.ndarray
    log_likelihood: float
    covariance: tuple[tuple[float, ...], ...] | None


def maximise(
    log_likelihood: Objective, start: Sequence[float], weight: float, rough: Objective | None = None
) -> Optimum:
    """Climb from `start` with the analytic gradient, finish with Newton steps; the curvature gives the covariance.

    `log_likelihood` returns value and gradient at the logarithms of the parameters; `weight` is the number of
    customers, which only scales the steps. `rough` is a cheap approximation to climb on first.
    """
    begin = np.log(np.asarray(start, dtype=np.float64))
    logs = _climb(rough or log_likelihood, begin, begin, weight)
    covariance = _covariance(rough or log_likelihood, logs)
    logs, moved, finished = _finish(log_likelihood, logs, covariance)
    if not finished:
        logs = _climb(log_likelihood, logs, begin, weight)
        logs, moved, finished = _finish(log_likelihood, logs, _covariance(log_likelihood, logs))
        moved = max(moved, 1.0)
    if moved > 1e-3 or rough is not None:
        covariance = _covariance(log_likelihood, logs)
    if not finished or np.abs(logs - begin).max() > REACH - 0.01:
        covariance = None
    frozen = None if covariance is None else tuple(tuple(float(value) for value in row) for row in covariance)
    return Optimum(logs, float(log_likelihood(logs)[0]), frozen)


def _climb(log_likelihood: Objective, logs: np.ndarray, begin: np.ndarray, weight: float) -> np.ndarray:
    """Quasi-Newton ascent (BFGS) with steps of at most a factor e per parameter and iteration.

    SciPy's L-BFGS-B does the same, but its linear algebra for these 3 or 4 numbers starts threads, which on a busy
    machine makes a fit of 3 ms take 100.
    """
    value, gradient = log_likelihood(logs)
    inverse = _inverse(_curvature(log_likelihood, logs, gradient), weight)
    for _ in range(200):
        free = (np.abs(logs - begin) < REACH) | (gradient * (logs - begin) < 0)
        if np.abs(gradient * free).max() < 1e-5 * weight:
            break
        direction = inverse @ (gradient * free) * free
        if not direction @ gradient > 0:
            direction = gradient * free / np.abs(gradient).max()
        direction = direction / max(1.0, float(np.abs(direction).max()))
        for shorter in range(30):
            trial = np.clip(logs + direction / 3.0**shorter, begin - REACH, begin + REACH)
            reached, slope = log_likelihood(trial)
            if reached >= value + 1e-4 * float(gradient @ (trial - logs)):
                break
        else:
            break
        step, bend = trial - logs, gradient - slope
        gain, curved = reached - value, float(step @ bend)
        logs, value, gradient = trial, reached, slope
        if gain < 1e-11 * weight:
            break
        if curved > 1e-12 * weight:
            turn = np.eye(len(logs)) - np.outer(step, bend) / curved
            inverse = turn @ inverse @ turn.T + np.outer(step, step) / curved
    return logs


def _finish(
    log_likelihood: Objective, logs: np.ndarray, covariance: np.ndarray | None
) -> tuple[np.ndarray, float, bool]:
    """Newton steps with one curvature; where we stand, how far that was, and whether it came to rest."""
    begin = logs
    if covariance is None:
        return begin, 0.0, False
    for _ in range(8):
        step = covariance @ log_likelihood(logs)[1]
        if not np.abs(step).max() < 0.5:
            return begin, 0.0, False
        logs = logs + step
        if np.abs(step).max() < 1e-6:
            return logs, float(np.abs(logs - begin).max()), True
    return begin, 0.0, False


def _curvature(log_likelihood: Objective, logs: np.ndarray, gradient: np.ndarray) -> np.ndarray:
    """How fast the gradient falls, from its differences: the negative Hessian."""
    rows = np.array([(gradient - log_likelihood(logs + step)[1]) / STEP for step in np.eye(len(logs)) * STEP])
    return np.asarray((rows + rows.T) / 2)


def _inverse(curvature: np.ndarray, weight: float) -> np.ndarray:
    """Invert a curvature for climbing: downward directions are turned, flat ones limited."""
    values, vectors = np.linalg.eigh(np.nan_to_num(curvature))
    return np.asarray((vectors / np.maximum(np.abs(values), 1e-3 * weight)) @ vectors.T)


def _covariance(log_likelihood: Objective, logs: np.ndarray) -> np.ndarray | None:
    """Invert the curvature; None where there is no clear top."""
    curvature = _curvature(log_likelihood, logs, log_likelihood(logs)[1])
    if not np.isfinite(curvature).all():
        return None
    values, vectors = np.linalg.eigh(curvature)
    if values.min() <= 1e-6 * max(values.max(), 1e-300):
        return None
    return np.asarray((vectors / values) @ vectors.T)


def dot(left: np.ndarray, right: np.ndarray) -> float:
    """Sum of products without BLAS, whose threads cost more here than they bring on a busy machine."""
    return float(np.einsum("i,i->", left, right))


def delta(
    predict: Callable[[np.ndarray], np.ndarray], logs: np.ndarray, covariance: tuple[tuple[float, ...], ...]
) -> np.ndarray:
    """Standard error of each prediction, by the delta method on the logarithms of the parameters."""
    steps = np.eye(len(logs)) * STEP
    slopes = np.array([(predict(logs + step) - predict(logs - step)) / (2 * STEP) for step in steps])
    return np.asarray(np.sqrt(np.maximum(np.einsum("ik,ij,jk->k", slopes, np.array(covariance), slopes), 0)))


def warn(notes: Sequence[Finding]) -> None:
    """Say each weakness of a result as a DataWarning, in English; the findings stay with the result."""
    for note in notes:
        warnings.warn(Words("en").say(note), DataWarning, stacklevel=4)
