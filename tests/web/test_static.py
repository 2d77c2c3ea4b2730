"""Static files: found in their packages, under names with their hash; scripts and styles that fit each other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

import noaber.web
from noaber.web.finders import VENDOR_FILES, PackageFilesFinder
from noaber.web.words import script_words

WEB = Path(noaber.web.__file__).parent
JS = sorted((WEB / "static" / "noaber" / "js").glob("*.js"))
CSS = sorted((WEB / "static" / "noaber" / "css").glob("*.css"))


@pytest.mark.parametrize("path", [*VENDOR_FILES, "django_htmx/htmx-2.min.js"])
def test_vendor_files_come_from_their_packages(path: str) -> None:
    found = finders.find(path)
    assert found
    assert "site-packages" in str(found)


def test_no_other_path_is_found_in_the_packages() -> None:
    finder = PackageFilesFinder()
    for path in ("vendor/../../../etc/passwd", "vendor/pywidget.js", "maplibre-gl.js", ""):
        assert finder.find(path) is None
        assert finder.find(path, find_all=True) == []


def test_collected_files_have_hashes_and_modules_import_them(tmp_path: Path, settings: LazySettings) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "noaber.web.storage.NoaberStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    main = staticfiles_storage.url("noaber/js/main.js").removeprefix(settings.STATIC_URL)
    assert re.search(r"main\.[0-9a-f]{12}\.js$", main)
    for source in JS:
        hashed = tmp_path / staticfiles_storage.url(f"noaber/js/{source.name}").removeprefix(settings.STATIC_URL)
        imported = re.findall(r"""(?:from |import\()["']\./(.+?)["']""", hashed.read_text(encoding="utf-8"))
        assert len(imported) == len(re.findall(r"""(?:from |import\()["']\./""", source.read_text(encoding="utf-8")))
        for name in imported:
            assert re.search(r"\.[0-9a-f]{12}\.js$", name), (source.name, name)
            assert (hashed.parent / name).is_file()


def test_every_sentence_of_the_scripts_is_there_and_used() -> None:
    said = {name for path in JS for name in re.findall(r'say\("(\w+)"', path.read_text(encoding="utf-8"))}
    assert said == set(script_words())


def test_every_module_is_started_or_imported() -> None:
    imported = {name for path in JS for name in re.findall(r'"\./([\w.]+)"', path.read_text(encoding="utf-8"))}
    from_templates = {"main.js", "theme.js", "print.js"}
    assert {path.name for path in JS} == imported | from_templates


def test_scripts_evaluate_nothing_and_write_no_markup() -> None:
    for path in JS:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\beval\(|new Function|(inner|outer)HTML|insertAdjacent|document\.write", text), path


def test_styles_use_only_tokens_that_exist_in_both_themes() -> None:
    tokens = (WEB / "static" / "noaber" / "css" / "tokens.css").read_text(encoding="utf-8")
    known = set(re.findall(r"(--[\w-]+):", tokens)) | {"--left", "--n"}
    for path in CSS:
        own = set(re.findall(r"(--[\w-]+):", path.read_text(encoding="utf-8")))
        used = set(re.findall(r"var\((--[\w-]+)", path.read_text(encoding="utf-8")))
        assert used <= known | own, (path.name, used - known)


def test_signs_of_the_map_use_tokens_that_exist() -> None:
    tokens = (WEB / "static" / "noaber" / "css" / "tokens.css").read_text(encoding="utf-8")
    for name in ("signs.js", "mapstyle.js"):
        text = (WEB / "static" / "noaber" / "js" / name).read_text(encoding="utf-8")
        for token in re.findall(r'token\("([\w-]+)"\)', text):
            assert f"--{token}:" in tokens, token
