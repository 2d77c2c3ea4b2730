"""Typed readers of the environment: a setting that is set to something odd stops the start, and says what it wants."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from collections.abc import Collection
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from noaber.web.background import Background, UnusableBackground, read_background
from noaber.web.clock import find_clock

CLOCK_FILE = "clock.json"


def env_text(name: str, default: str) -> str:
    return os.environ.get(name, default)


def env_path(name: str, default: str) -> Path:
    return Path(os.environ.get(name) or default).expanduser().absolute()


def env_bool(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").lower()
    if value == "":
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise _odd(name, value, "1 or 0")


def env_choice(name: str, choices: Collection[str], *, default: str) -> str:
    value = os.environ.get(name, default)
    if value not in choices:
        raise _odd(name, value, "one of " + ", ".join(choices))
    return value


def env_list(name: str, default: list[str]) -> list[str]:
    value = os.environ.get(name)
    return default if value is None else [part.strip() for part in value.split(",") if part.strip()]


def kept_secret(path: Path) -> str:
    """The secret of sessions and forms that lies in `path`; made once, by the first of the processes that look."""
    if not path.exists():
        made_folder(path.parent)
        if not os.access(path.parent, os.W_OK):
            raise ImproperlyConfigured(f"The data directory {path.parent} cannot be written to.")
        with tempfile.NamedTemporaryFile("w", encoding="ascii", dir=path.parent) as beside:
            beside.write(secrets.token_urlsafe(50))
            beside.flush()
            with contextlib.suppress(FileExistsError):
                os.link(beside.name, path)
    secret = path.read_text(encoding="ascii").strip()
    if not secret:
        raise ImproperlyConfigured(f"{path} is empty. Put the secret back, or delete the file: all will sign in anew.")
    return secret


def made_folder(path: Path) -> Path:
    """A folder of the data directory, made where it is missing."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"The folder {path} cannot be made: {error.strerror}.") from error
    return path


def node_status(data: Path) -> str:
    """What the environment says; else Exercise where an exercise's clock lies in the data directory, else Actual."""
    default = "Exercise" if (data / CLOCK_FILE).exists() else "Actual"
    return env_choice("NOABER_STATUS", ["Actual", "Exercise", "Test"], default=default)


def exercise_clock(path: Path, status: str) -> Path | None:
    """Where the exercise's clock lies; None for a node whose status is Actual. A file that is no clock is refused."""
    if status == "Actual":
        return None
    try:
        find_clock(path)
    except ValueError as error:
        raise ImproperlyConfigured(f"{error}. See docs/settings.md.") from error
    return path


def map_background(text: str, attribution: str) -> Background | None:
    """What lies under the maps; None where they draw themselves."""
    try:
        return read_background(text, attribution)
    except UnusableBackground as error:
        raise ImproperlyConfigured(f"NOABER_MAP_BACKGROUND: {error}. See docs/settings.md.") from error


def database(url: str, data: Path) -> dict[str, object]:
    """Django's database settings: PostgreSQL where `url` names one, else the embedded SQLite in `data`."""
    if not url:
        return _sqlite(data / "noaber.sqlite3")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _odd_database() from error
    if parts.scheme not in {"postgresql", "postgres"}:
        raise _odd_database()
    options: dict[str, object] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "noaber",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": str(options.pop("host", "")) or unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "OPTIONS": {**options, "pool": {"min_size": 1, "max_size": 20}},
    }


def _sqlite(path: Path) -> dict[str, object]:
    """Write-ahead log, full synchronisation: what was acknowledged survives a killed process and a power cut."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32000;"
            ),
        },
    }


def _odd_database() -> ImproperlyConfigured:
    """The value itself stays unsaid: it may hold a password."""
    return ImproperlyConfigured(
        "NOABER_DATABASE_URL cannot be used; expected postgresql://user:password@host:port/name. See docs/settings.md."
    )


def _odd(name: str, value: str, expected: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} is “{value}”; expected {expected}. See docs/settings.md.")
