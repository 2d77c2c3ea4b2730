"""Settings for the small site in a process of its own, without a database: for the tests of the scripts."""

from pathlib import Path

from testsettings import *  # noqa: F403

ROOT_URLCONF = "pages.framesite.live_urls"
DEBUG = True  # static files come straight from the finders
MIDDLEWARE = [
    "pages.framesite.acting.FakeActing" if name == "noaber.apps.accounts.middleware.ActingMiddleware" else name
    for name in MIDDLEWARE  # noqa: F405
]
TEMPLATES[0]["DIRS"] = [Path(__file__).parent / "templates"]  # noqa: F405
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
NOABER_STATUS = "Exercise"
NOABER_STATUS_NOTE = "Juli 2021. Everything on this screen belongs to the exercise; its course is invented."
NOABER_NODE = "NL-NCC"
