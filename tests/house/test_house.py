"""The house itself: complete catalogues, documented settings, no template that nothing uses, nothing from outside."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "noaber"
sys.path.insert(0, str(ROOT / "tools"))

import lock  # noqa: E402
import messages  # noqa: E402

TEMPLATES = sorted(path for path in SOURCE.rglob("templates/**/*") if path.is_file())


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_text_has_its_translation(language: str) -> None:
    assert messages.find_problems(language) == []


def test_french_does_not_break_a_line_before_its_signs() -> None:
    """The space before them, and inside guillemets, is U+00A0 or U+202F."""
    strings = [message.string for message in messages.read_catalogue("fr") if message.id]
    texts = [text for string in strings for text in ([string] if isinstance(string, str) else string)]
    assert [text for text in texts if re.search(" [:;?!»]|« ", text)] == []


def test_the_locks_fit_what_is_asked_for() -> None:
    assert lock.find_problems() == []


def test_every_setting_is_documented() -> None:
    read = {
        name
        for path in (SOURCE / "config").glob("*.py")
        for name in re.findall(r'"(NOABER_[A-Z_]+)"', path.read_text(encoding="utf-8"))
    }
    documented = set(re.findall(r"`(NOABER_[A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")))
    assert read <= documented, read - documented


def test_every_template_is_used() -> None:
    """Named in a view, a tag, another template, or one that Django or allauth looks up by its fixed name."""
    looked_up = re.compile(r"^(403|404|500|403_csrf|409)\.html$|^(account|mfa)/|^allauth/")
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*SOURCE.rglob("*.py"), *TEMPLATES])
    names = [str(path).split("/templates/", 1)[1] for path in TEMPLATES]
    unused = [name for name in names if name not in text and not looked_up.search(name)]
    assert unused == []


def test_pages_name_no_outside_host_and_carry_nothing_inline() -> None:
    """The content policy would refuse it; the user would see a page that is broken without a word."""
    inline = re.compile(r"\sstyle=\"|\son[a-z]+=\"|<style|<script(?![^>]*(\ssrc=|type=\"application/json\"))")
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        assert not inline.search(text), path
        assert not re.search(r"(src|href)=\"(https?:)?//", text), path


def test_nothing_in_the_repository_names_a_registry_or_a_path_of_a_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    said = re.compile(r"index-url\s*=|/wor" + r"k/|pypi\.or" + r"g|pythonhoste" + r"d")
    for name in listed:
        path = ROOT / name
        if name and path.is_file() and path.suffix in {".py", ".md", ".toml", ".txt", ".lock", ".in", ".yml", ""}:
            assert not said.search(path.read_text(encoding="utf-8", errors="replace")), name


def test_the_licences_of_what_is_shipped_allow_it() -> None:
    """Nothing under GPL or AGPL is shipped with a product under the EUPL."""
    from importlib.metadata import metadata

    forbidden = re.compile(r"(?<!L)(AGPL|GPL)|Affero|(?<!Lesser )General Public License", re.IGNORECASE)
    for name in lock.locked(ROOT / "requirements.lock"):
        facts = metadata(name)
        classified = [text for text in facts.get_all("Classifier") or [] if text.startswith("License")]
        stated = " ".join([facts.get("License-Expression") or "", *classified])
        if not stated.strip():
            stated = (facts.get("License") or "").split("\n")[0]
        assert not forbidden.search(stated.replace("LGPL", "").replace("GNU Lesser", "Lesser")), (name, stated)


def test_no_two_test_modules_have_one_name() -> None:
    """They are collected by their name alone; the second would not be."""
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, times in names.items() if times > 1] == []
