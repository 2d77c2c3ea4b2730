"""Django's settings, read from the environment. Every variable is described in `docs/settings.md`."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from noaber.config.environment import (
    CLOCK_FILE,
    database,
    env_bool,
    env_list,
    env_path,
    env_text,
    exercise_clock,
    kept_secret,
    made_folder,
    map_background,
    node_status,
)
from noaber.config.notes import disclaimer
from noaber.reference.texts import OWN_NAMES

PACKAGE = Path(__file__).resolve().parent.parent
DATA = env_path("NOABER_DATA", ".noaber")
KEYS = env_path("NOABER_KEYS", str(DATA / "keys"))
"""Where the organisations' private signing keys lie: files, never rows."""
NOABER_NETWORK = env_path("NOABER_NETWORK", str(DATA / "network"))
NOABER_MAIN_ROADS = env_bool("NOABER_MAIN_ROADS", default=True)

NOABER_MAP_BACKGROUND = map_background(env_text("NOABER_MAP_BACKGROUND", ""), env_text("NOABER_MAP_ATTRIBUTION", ""))

SECRET_KEY = env_text("NOABER_SECRET_KEY", "") or kept_secret(DATA / "secret.key")
DEBUG = env_bool("NOABER_DEBUG", default=False)
ALLOWED_HOSTS = [*env_list("NOABER_HOSTS", []), "localhost", "127.0.0.1", "[::1]"]
"""The machine itself is always one: it asks whether the site can serve."""
CSRF_TRUSTED_ORIGINS = env_list("NOABER_ORIGINS", [])

NOABER_NODE = env_text("NOABER_NODE", "")
NOABER_STATUS = node_status(DATA)
NOABER_DEMO = env_bool("NOABER_DEMO", default=False)
NOABER_CLOCK = exercise_clock(DATA / CLOCK_FILE, NOABER_STATUS)
NOABER_STATUS_NOTE = disclaimer if NOABER_DEMO else ""
"""What every page and print of the node's own status says beside the word."""

INSTALLED_APPS = [
    "noaber.web",
    "noaber.apps.accounts",
    "noaber.apps.records",
    "noaber.apps.registry",
    "noaber.apps.library",
    "noaber.apps.roads",
    "noaber.apps.exchange",
    "noaber.apps.planner",
    "noaber.apps.actions",
    "noaber.apps.practices",
    "noaber.apps.meetings",
    "noaber.apps.plans",
    "noaber.apps.events",
    "noaber.apps.placements",
    "noaber.apps.mapping",
    "noaber.apps.campaigns",
    "noaber.apps.reports",
    "noaber.apps.presidency",
    "noaber.apps.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "servestatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "csp.middleware.CSPMiddleware",
    "noaber.web.middleware.HeadersMiddleware",
    "noaber.web.middleware.HeadMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "noaber.apps.accounts.middleware.ActingMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "noaber.apps.accounts.middleware.PersonLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "noaber.web.middleware.SwapRedirectMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "noaber.web.middleware.AddressMiddleware",
]

ROOT_URLCONF = "noaber.config.urls"
CSRF_FAILURE_VIEW = "noaber.web.views.csrf_failure"
FORM_RENDERER = "noaber.web.forms.FormRenderer"
ASGI_APPLICATION = "noaber.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "noaber.web.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "noaber.web.templatetags.noaber",
            ],
        },
    }
]

DATABASES = {"default": database(env_text("NOABER_DATABASE_URL", ""), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "noaber.apps.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
RATE_LIMITS_OF_A_CLASS = {"login": "600/m/ip", "login_failed": "300/m/ip,60/m/key"}
"""Of the demo: a class shares one address and one password."""
ACCOUNT_RATE_LIMITS = RATE_LIMITS_OF_A_CLASS if NOABER_DEMO else {"login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Noaber"

LANGUAGE_CODE = "en"
LANGUAGES = list(OWN_NAMES.items())
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = env_path("NOABER_STATIC", str(DATA / "static"))
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "noaber.web.finders.PackageFilesFinder",
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files"},
    },
    "staticfiles": {"BACKEND": "noaber.web.storage.NoaberStaticFilesStorage"},
}
SERVESTATIC_KEEP_ONLY_HASHED_FILES = False

MAP_HOSTS = [NOABER_MAP_BACKGROUND.origin] if NOABER_MAP_BACKGROUND and NOABER_MAP_BACKGROUND.origin else []
"""The one other server that pages may ask: for the pictures under the maps, where the operator names it."""
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *MAP_HOSTS],
        "connect-src": [SELF, *MAP_HOSTS],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": ["blob:"],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
BEHIND_TLS = env_bool("NOABER_TLS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31536000 if BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_SAVE_EVERY_REQUEST = False
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = made_folder(DATA / "uploads")
"""Not the system's: that may be small, or lie in memory, and an extract of a country is large."""

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "noaber": {"level": "INFO"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # whoever scans the net asks for other hosts
    },
}
