"""The one door to the solver (HiGHS): linear programs whose bounds tighten from stage to stage.

Every answer is checked here before anybody believes it. A lower bound is not taken from the solver's word but
computed anew from its prices (weak duality holds for any prices), so that a bound is right even where the solver
is not; and whole numbers are verified as whole numbers. One thread, fixed seed: the same program gives the same
answer.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import highspy
import numpy as np
import numpy.typing as npt

from noaber.core.planning.constraints import Bounds, Rows

TOLERANCE: Final = 1e-9
"""Feasibility and optimality tolerance of the solver, teams and (after scaling) minutes."""

FACE_TOLERANCE: Final = 1e-7
"""A reduced cost or price beyond this is not zero: two plans closer than this in one objective count as equal."""

WHOLE_TOLERANCE: Final = 1e-6
_LARGEST_COST: Final = 1e8
Whole = npt.NDArray[np.int64]


class TimeUp(Exception):
    """The time limit has passed, or the solver gave up; what was found until then stands, unproven."""


@dataclass(frozen=True)
class Deadline:
    """A moment of the monotonic clock; infinite where there is no limit."""

    at: float = float("inf")

    @classmethod
    def after(cls, seconds: float | None) -> Deadline:
        return cls() if seconds is None else cls(time.monotonic() + seconds)

    def remaining(self) -> float:
        """Seconds left.

        Raises
        ------
        TimeUp
            Where there are none.
        """
        left = self.at - time.monotonic()
        if left <= 0:
            raise TimeUp
        return left


@dataclass(frozen=True)
class Vertex:
    """An optimal corner of a linear program.

    Parameters
    ----------
    values
        (n_columns,) float64.
    bound
        No point of the program costs less: the dual objective, computed from `prices` as they are.
    reduced
        (n_columns,) float64: costs minus the prices of the column's rows.
    prices
        (n_rows,) float64.
    """

    values: Bounds
    bound: float
    reduced: Bounds
    prices: Bounds

    def whole(self) -> Whole | None:
        """The values as whole numbers, None where one of them is not."""
        nearest = np.rint(self.values)
        return nearest.astype(np.int64) if np.abs(self.values - nearest).max(initial=0) < WHOLE_TOLERANCE else None


@dataclass(frozen=True)
class Ceiling:
    """An objective that may not rise again: costs · values ≤ most."""

    costs: Bounds
    most: float


@dataclass
class Face:
    """The bounds of a program at one stage; a copy can be put back.

    There are ceilings only where whole numbers cost more than the linear program says.
    """

    lower: Bounds
    upper: Bounds
    row_lower: Bounds
    row_upper: Bounds
    ceilings: tuple[Ceiling, ...] = ()

    def copy(self) -> Face:
        return Face(self.lower.copy(), self.upper.copy(), self.row_lower.copy(), self.row_upper.copy(), self.ceilings)


class Program:
    """A linear program over the rows of a model, solved again and again while its bounds change.

    HiGHS keeps the last basis, so each solve starts where the one before ended.
    """

    def __init__(self, rows: Rows, lower: Bounds, upper: Bounds, deadline: Deadline) -> None:
        self.rows = rows
        self.face = Face(lower.copy(), upper.copy(), rows.lower.copy(), rows.upper.copy())
        self._deadline = deadline
        self._highs = _solver()
        self._highs.passModel(_program(rows.start, rows.index, self.face))

    def minimise(self, costs: Bounds) -> Vertex | None:
        """The least of `costs` inside the face; None where the face is empty.

        Raises
        ------
        TimeUp
            Where the time limit passes first.
        """
        scale = min(1.0, _LARGEST_COST / max(1.0, float(np.abs(costs).max(initial=0))))
        scaled = costs * scale
        columns = np.arange(len(costs), dtype=np.int32)
        self._highs.changeColsCost(len(costs), columns, scaled)
        if not self._run():
            return None
        solution = self._highs.getSolution()
        values, prices = np.array(solution.col_value), np.array(solution.row_dual)
        return self._proven(values, prices[: len(self.rows.lower)], prices[len(self.rows.lower) :], scaled, scale)

    def _proven(self, values: Bounds, prices: Bounds, ceiling_prices: Bounds, costs: Bounds, scale: float) -> Vertex:
        """The corner with the bound that its prices prove, whatever they are."""
        prices = _valid_prices(prices, self.face)
        reduced = costs - self.rows.priced(prices)
        below = 0.0
        for ceiling, price in zip(self.face.ceilings, np.minimum(ceiling_prices, 0.0).tolist(), strict=True):
            reduced -= price * ceiling.costs
            below += price * ceiling.most
        bound = _dual_objective(prices, reduced, self.face) + below
        return Vertex(values, bound / scale, reduced / scale, prices / scale)

    def _run(self) -> bool:
        for attempt in range(2):
            self._highs.setOptionValue("time_limit", self._highs.getRunTime() + min(self._deadline.remaining(), 1e9))
            self._highs.run()
            match self._highs.getModelStatus():
                case highspy.HighsModelStatus.kOptimal | highspy.HighsModelStatus.kModelEmpty:
                    return True
                case highspy.HighsModelStatus.kInfeasible:
                    return False
                case highspy.HighsModelStatus.kTimeLimit:
                    raise TimeUp
            # A basis that leads nowhere: once more from nothing.
            if attempt == 0:
                self._highs.clearSolver()
        raise TimeUp

    def keep_face(self, vertex: Vertex, gap: float = 0.0) -> None:
        """Tighten the bounds to the whole points that cost no more than `gap` above `vertex.bound`.

        To move a column by one team costs its reduced cost at least, to leave a row by one team its price. Who
        costs more than the gap stays. With no gap that is complementary slackness: what is left is exactly the
        optimal face, without any row of the objective itself, and the rows keep their structure.
        """
        face, most = self.face, gap + max(FACE_TOLERANCE, self._noise(vertex))
        at_lower, at_upper = vertex.reduced > most, vertex.reduced < -most
        face.upper[at_lower] = face.lower[at_lower]
        face.lower[at_upper] = face.upper[at_upper]
        tight_low = (vertex.prices > most) & np.isfinite(face.row_lower)
        tight_high = (vertex.prices < -most) & np.isfinite(face.row_upper)
        face.row_upper[tight_low] = face.row_lower[tight_low]
        face.row_lower[tight_high] = face.row_upper[tight_high]
        self._pass_columns(np.flatnonzero(at_lower | at_upper))
        self._pass_rows(np.flatnonzero(tight_low | tight_high))

    def _noise(self, vertex: Vertex) -> float:
        """The largest price that the vertex itself contradicts: with costs of very different size the last digits
        of a price mean nothing, and must not shut the vertex out."""
        activity = self.rows.activity(vertex.values)
        columns = _contradicted(vertex.reduced, vertex.values, self.face.lower, self.face.upper)
        rows = _contradicted(vertex.prices, activity, self.face.row_lower, self.face.row_upper)
        return 2.0 * max(columns, rows)

    def limit_rows(self, rows: Sequence[int] | Whole, most: Bounds) -> None:
        """Set the upper limits of these rows."""
        at = np.asarray(rows, dtype=np.int64)
        self.face.row_upper[at] = most
        self._pass_rows(at)

    def fix_column(self, column: int, value: float) -> None:
        """Let one column take this value only."""
        self.face.lower[column] = self.face.upper[column] = value
        self._pass_columns(np.array([column]))

    def add_ceiling(self, ceiling: Ceiling) -> None:
        """Let an objective rise no more, by a row of its own: only where the face alone does not hold it."""
        at = np.flatnonzero(ceiling.costs)
        self._highs.addRow(-np.inf, ceiling.most, len(at), at.astype(np.int32), ceiling.costs[at])
        self.face.ceilings += (ceiling,)

    def restore(self, face: Face) -> None:
        """Put bounds back that were copied before."""
        self._drop_ceilings(face.ceilings)
        changed = (face.lower != self.face.lower) | (face.upper != self.face.upper)
        changed_rows = (face.row_lower != self.face.row_lower) | (face.row_upper != self.face.row_upper)
        self.face = face.copy()
        self._pass_columns(np.flatnonzero(changed))
        self._pass_rows(np.flatnonzero(changed_rows))

    def _drop_ceilings(self, kept: tuple[Ceiling, ...]) -> None:
        """Take ceilings out, the last first, until only those to be kept are left."""
        while len(self.face.ceilings) > len(kept):
            self._highs.deleteRows(1, np.array([len(self.rows.lower) + len(self.face.ceilings) - 1], dtype=np.int32))
            self.face.ceilings = self.face.ceilings[:-1]
        for ceiling in kept[len(self.face.ceilings) :]:
            self.add_ceiling(ceiling)

    def _pass_columns(self, columns: Whole) -> None:
        if len(columns):
            lower, upper = self.face.lower[columns], self.face.upper[columns]
            self._highs.changeColsBounds(len(columns), columns.astype(np.int32), lower, upper)

    def _pass_rows(self, rows: Whole) -> None:
        if len(rows):
            lower, upper = self.face.row_lower[rows], self.face.row_upper[rows]
            self._highs.changeRowsBounds(len(rows), rows.astype(np.int32), lower, upper)

    def minimise_whole(self, costs: Bounds) -> tuple[Whole, float] | None:
        """The least of `costs` in whole numbers inside the face, and a proven bound.

        None where there is no such point. A branch and bound from nothing: only for what the linear program
        leaves fractional.

        Raises
        ------
        TimeUp
            Where the time limit passes first.
        """
        reduced = _Reduced(self.rows, self.face)
        program = reduced.program()
        program.col_cost_ = costs[reduced.columns]
        program.integrality_ = [highspy.HighsVarType.kInteger] * len(reduced.columns)
        highs = _solver()
        highs.passModel(program)
        for ceiling in self.face.ceilings:
            reduced.add_ceiling(highs, ceiling)
        highs.setOptionValue("time_limit", min(self._deadline.remaining(), 1e9))
        highs.run()
        match highs.getModelStatus():
            case highspy.HighsModelStatus.kInfeasible:
                return None
            case highspy.HighsModelStatus.kOptimal:
                values = reduced.values(np.array(highs.getSolution().col_value))
                fixed = float(costs @ reduced.fixed)
                return values, float(highs.getInfo().mip_dual_bound) + fixed
        raise TimeUp


class _Reduced:
    """What is left of a program when the columns that cannot move are taken out."""

    def __init__(self, rows: Rows, face: Face) -> None:
        free = face.lower < face.upper
        self.columns = np.flatnonzero(free)
        self.fixed = np.where(free, 0.0, face.lower)
        counts = np.diff(rows.start)
        index = rows.index[np.repeat(free, counts)]
        self._kept = np.unique(index)
        self._index = np.searchsorted(self._kept, index)
        self._start = np.concatenate([[0], np.cumsum(counts[self.columns])])
        activity = rows.activity(self.fixed)
        self._face = Face(
            face.lower[self.columns],
            face.upper[self.columns],
            (face.row_lower - activity)[self._kept],
            (face.row_upper - activity)[self._kept],
        )

    def program(self) -> highspy.HighsLp:
        return _program(self._start, self._index, self._face)

    def add_ceiling(self, highs: Any, ceiling: Ceiling) -> None:
        costs = ceiling.costs[self.columns]
        at = np.flatnonzero(costs)
        left = ceiling.most - float(ceiling.costs @ self.fixed)
        highs.addRow(-np.inf, left, len(at), at.astype(np.int32), costs[at])

    def values(self, found: Bounds) -> Whole:
        """All columns' values, from those of the columns that can move."""
        values = np.rint(self.fixed).astype(np.int64)
        values[self.columns] = np.rint(found)
        return values


class _QuietHighs(highspy.Highs):
    """HiGHS without its greeting, which would stand before a command's own output."""

    def enableCallbacks(self) -> None:  # noqa: N802
        """Called while the solver is made, and greets; no callback is used here."""
        self.silent()


def _solver() -> Any:
    highs: Any = _QuietHighs()  # type: ignore[no-untyped-call]
    options: dict[str, bool | int | float | str] = {
        "output_flag": False,
        "threads": 1,
        "parallel": "off",
        "random_seed": 0,
        "primal_feasibility_tolerance": TOLERANCE,
        "dual_feasibility_tolerance": TOLERANCE,
        "mip_feasibility_tolerance": TOLERANCE,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": TOLERANCE,
    }
    for name, value in options.items():
        highs.setOptionValue(name, value)
    return highs


def _program(start: Whole, index: Whole, face: Face) -> highspy.HighsLp:
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(face.lower), len(face.row_lower)
    program.col_cost_ = np.zeros(len(face.lower))
    program.col_lower_, program.col_upper_ = face.lower, face.upper
    program.row_lower_, program.row_upper_ = face.row_lower, face.row_upper
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = start.astype(np.int32)
    program.a_matrix_.index_ = index.astype(np.int32)
    program.a_matrix_.value_ = np.ones(len(index))
    return program


def _valid_prices(prices: Bounds, face: Face) -> Bounds:
    """Prices with those removed that would price a limit which is not there."""
    absent = ((prices > 0) & np.isneginf(face.row_lower)) | ((prices < 0) & np.isposinf(face.row_upper))
    return np.where(absent, 0.0, prices)


def _contradicted(prices: Bounds, values: Bounds, lower: Bounds, upper: Bounds) -> float:
    """The largest price of what is not at the bound that its sign names."""
    below, above = (prices > 0) & (values > lower + WHOLE_TOLERANCE), (prices < 0) & (values < upper - WHOLE_TOLERANCE)
    return float(np.abs(prices[below | above]).max(initial=0.0))


def _dual_objective(prices: Bounds, reduced: Bounds, face: Face) -> float:
    """Σ price · limit + Σ reduced cost · bound, each at the side that its sign names: a valid bound as it is."""
    limit = np.where(prices > 0, face.row_lower, face.row_upper)
    bound = np.where(reduced > 0, face.lower, face.upper)
    rows = float(prices[prices != 0] @ limit[prices != 0])
    return rows + float(reduced @ bound)
