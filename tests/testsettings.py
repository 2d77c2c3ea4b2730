"""The product's settings, in a data directory of this run's own."""

import os
import tempfile

os.environ.setdefault("NOABER_DATA", tempfile.mkdtemp(prefix="noaber-test-"))
os.environ.setdefault("NOABER_SECRET_KEY", "for-the-tests-only-0123456789-0123456789-0123456789")

from noaber.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # noqa: F405
    DATABASES["default"]["OPTIONS"].pop("pool")  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405  # servestatic warns where it is missing
NOABER_MAIN_ROADS = False
"""Minutes of most tests are the estimate, which can be told in advance; `roads_builders.main_roads` turns them on."""
