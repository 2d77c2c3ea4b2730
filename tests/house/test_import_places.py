"""Imports: no two modules need each other, and none is imported inside a function to hide that they do."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import noaber

SOURCE = Path(noaber.__file__).parent
INSIDE = {
    "apps/*/apps.py": "models can be imported from `ready` on",
    "web/apps.py": "as any app",
    "cli/*.py": "a command sets Django up first, and loads only what it needs",
    "config/asgi.py": "the apps are loaded by Django first",
    "cluster.py": "the package is an extra that need not be installed",
    "apps/roads/network/*.py": "kernels are compiled at import: a site without a network starts without them",
    "apps/roads/tiles/roads.py": "as the network, whose roads it draws",
    "reference/main_roads.py": "as the network, that of the main roads",
}
"""Where a function may import, and why."""


@cache
def modules() -> dict[str, tuple[Path, ast.Module]]:
    return {
        ".".join(("noaber", *file.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__"): (
            file.relative_to(SOURCE),
            ast.parse(file.read_text(encoding="utf-8")),
        )
        for file in sorted(SOURCE.rglob("*.py"))
        if "migrations" not in file.parts
    }


def imported(tree: ast.AST) -> Iterator[str]:
    """The modules of the house that are imported anywhere in it, also inside functions and only for types."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules())
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                if whole in modules():
                    yield whole
                elif node.module in modules():
                    yield node.module


def test_no_two_modules_need_each_other() -> None:
    """The sorter names the circle in what it raises."""
    needs = {name: set(imported(tree)) - {name} for name, (_, tree) in modules().items()}
    TopologicalSorter(needs).prepare()


def test_functions_import_only_where_there_is_a_reason() -> None:
    inside = {
        path
        for path, tree in modules().values()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert [path for path in inside if not any(path.match(allowed) for allowed in INSIDE)] == []
    assert [allowed for allowed in INSIDE if not any(path.match(allowed) for path in inside)] == []
