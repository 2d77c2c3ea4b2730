"""A fault that Cosmic Ray does not know: a call whose answer nobody takes, left out."""

from __future__ import annotations

from collections.abc import Iterator

from cosmic_ray.operators.operator import Example, Operator
from parso.python.tree import Keyword, PythonNode
from parso.tree import NodeOrLeaf


class DropCall(Operator):  # type: ignore[misc]
    """`check(acting)` becomes `pass`."""

    def mutation_positions(self, node: NodeOrLeaf) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """The statement, where it is a call and nothing else."""
        if _is_a_call_alone(node):
            yield node.start_pos, node.end_pos

    def mutate(self, node: NodeOrLeaf, index: int) -> Keyword:
        """Put `pass` in its place."""
        return Keyword("pass", node.start_pos, prefix=node.get_first_leaf().prefix)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """What it does, as Cosmic Ray's own operators tell it."""
        return (Example("check(acting)\n", "pass\n"),)


def _is_a_call_alone(node: NodeOrLeaf) -> bool:
    is_call = isinstance(node, PythonNode) and node.type == "atom_expr" and node.children[-1].type == "trailer"
    return bool(is_call and node.children[-1].children[0] == "(" and node.parent.type == "simple_stmt")
