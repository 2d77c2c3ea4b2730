"""`noaber person`: how a real node gets its first administrator, and another system its key."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ADD = ("add", "j.peeters", "--name", "J. Peeters", "--organisation", "BE-NCCN", "--role", "administrator")
FROM_STDIN = "--password-from-stdin"


class Node:
    """A node without a server."""

    def __init__(self, data: Path) -> None:
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(("NOABER_", "DJANGO_"))}
        self.environment = {**inherited, "NOABER_DATA": str(data)}

    def run(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "noaber.cli.main", *arguments],
            env=self.environment,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )

    def person(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return self.run("person", *arguments, typed=typed)


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Node:
    """A node with one administrator in Brussels."""
    made = Node(tmp_path_factory.mktemp("node"))
    added = made.person(*ADD, FROM_STDIN, typed="a long enough secret\n")
    assert (added.returncode, added.stderr) == (0, "")
    return made


def test_with_its_first_account_an_organisation_is_served_here(node: Node) -> None:
    listed = {line.split("\t")[0]: line for line in node.person("organisations").stdout.splitlines()}
    assert listed["BE-NCCN"].endswith("served here")
    assert not listed["NL-NCC"].endswith("served here")


@pytest.mark.parametrize(
    ("arguments", "typed", "word"),
    [
        ((*ADD, FROM_STDIN), "a long enough secret", "j.peeters"),
        (("add", "new", *ADD[2:], FROM_STDIN), "short", "password"),
        (("add", "new", *ADD[2:]), "", FROM_STDIN),
        (("add", "new", *ADD[2:5], "BE-XX", *ADD[6:], FROM_STDIN), "a long enough secret", "BE-XX"),
        (("add", "n w", *ADD[2:], FROM_STDIN), "a long enough secret", "username"),
        (("key", "nobody", "--organisation", "BE-NCCN"), "", "nobody"),
        (("key", "j.peeters", "--organisation", "NL-NCC"), "", "NL-NCC"),
    ],
)
def test_what_will_not_do_is_said_in_one_line(node: Node, arguments: tuple[str, ...], typed: str, word: str) -> None:
    tried = node.person(*arguments, typed=typed)
    assert tried.returncode == 2
    assert len(tried.stderr.splitlines()) == 1
    assert word in tried.stderr
    assert tried.stdout == ""


def test_a_key_stands_alone_on_standard_output(node: Node) -> None:
    made = node.person("key", "j.peeters", "--organisation", "BE-NCCN")
    assert (made.returncode, made.stderr) == (0, "")
    assert len(made.stdout.split()) == 1
