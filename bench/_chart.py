"""A picture of times by size, in SVG: small panels side by side, both axes logarithmic, each line named at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 250, 250
LEFT, RIGHT, TOP, BOTTOM = 56, 92, 34, 34
STYLES = (("#0b5fa5", ""), ("#b4510a", "6 3"), ("#5b7f1e", "2 3"), ("#8a3f8f", "8 3 2 3"), ("#5f5f5f", "12 4"))
"""Colours and dashes, as many as there are lines at most."""
LABEL_APART = 12.0


@dataclass(frozen=True)
class Line:
    """A name, and points of nodes and seconds, ascending by nodes."""

    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Panel:
    """Lines of one question."""

    title: str
    lines: Sequence[Line]


def draw(panels: Sequence[Panel]) -> str:
    """The panels in two columns, with the same axes."""
    xs = [x for panel in panels for line in panel.lines for x, _ in line.points]
    ys = [y for panel in panels for line in panel.lines for _, y in line.points]
    scale = _Scale(min(xs), max(xs), floor(log10(min(ys))), ceil(log10(max(ys))))
    step_x, step_y = LEFT + WIDTH + RIGHT, TOP + HEIGHT + BOTTOM
    width, height = 2 * step_x, step_y * -(-len(panels) // 2)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="system-ui, sans-serif" font-size="11" role="img" aria-label="Seconds by number of nodes">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for number, panel in enumerate(panels):
        x, y = step_x * (number % 2) + LEFT, step_y * (number // 2) + TOP
        parts += [f'<g transform="translate({x} {y})">', *_panel(panel, scale), "</g>"]
    return "\n".join([*parts, "</svg>", ""])


@dataclass(frozen=True)
class _Scale:
    """Nodes and powers of ten of seconds, onto a panel."""

    least: float
    most: float
    low: int
    high: int

    def x(self, nodes: float) -> float:
        return WIDTH * log10(nodes / self.least) / log10(self.most / self.least)

    def y(self, seconds: float) -> float:
        return HEIGHT * (self.high - log10(seconds)) / (self.high - self.low)


def _panel(panel: Panel, scale: _Scale) -> Iterator[str]:
    yield f'<text y="-12" font-weight="600" font-size="13">{escape(panel.title)}</text>'
    for power in range(scale.low, scale.high + 1):
        y = scale.y(10.0**power)
        yield f'<path d="M0 {y:.1f}H{WIDTH}" stroke="#dddddd"/>'
        yield f'<text x="-6" y="{y + 4:.1f}" text-anchor="end" fill="#555555">{10.0**power:g} s</text>'
    for nodes, said in ((1e5, "100 k"), (1e6, "1 M"), (4e6, "4 M")):
        if scale.least <= nodes <= scale.most * 1.02:
            x = scale.x(nodes)
            yield f'<path d="M{x:.1f} 0V{HEIGHT}" stroke="#dddddd"/>'
            yield f'<text x="{x:.1f}" y="{HEIGHT + 16}" text-anchor="middle" fill="#555555">{said}</text>'
    labels = _apart([scale.y(line.points[-1][1]) for line in panel.lines])
    for number, (line, label) in enumerate(zip(panel.lines, labels, strict=True)):
        colour, dash = STYLES[number]
        path = "L".join(f"{scale.x(x):.1f} {scale.y(y):.1f}" for x, y in line.points)
        yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
        yield f'<text x="{WIDTH + 6}" y="{label + 4:.1f}" fill="{colour}">{escape(line.name)}</text>'


def _apart(ys: Sequence[float]) -> list[float]:
    """The same heights, moved down where two labels would lie on each other."""
    moved: dict[int, float] = {}
    last = float("-inf")
    for number in sorted(range(len(ys)), key=lambda one: ys[one]):
        last = moved[number] = max(ys[number], last + LABEL_APART)
    return [moved[number] for number in range(len(ys))]
