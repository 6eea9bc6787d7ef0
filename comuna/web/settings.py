"""Django's settings. Everything of one commune lies in ``COMUNA_HOME``; nothing secret is in this file."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from comuna.web.database import database_settings, use_newer_sqlite

use_newer_sqlite()

PACKAGE = Path(__file__).resolve().parent.parent
COMUNA_HOME = Path(os.environ.get("COMUNA_HOME") or Path.home() / ".comuna")


def _secret_key() -> str:
    """Of this home, made with its books and read by its owner alone; before there are any, one of this process."""
    kept = COMUNA_HOME / "keys" / "web"
    words = kept.read_bytes() if kept.exists() else b""
    return (words.decode() if words.isascii() else "") or secrets.token_urlsafe(48)  # journal/keys.py names an odd one


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = ["*"]
"""A cheap computer has many names on its network; what is printed has the one by which the page was asked for."""
ROOT_URLCONF = "comuna.web.urls"
DATABASES = {
    "default": database_settings(
        os.environ.get("DATABASE_URL", ""), COMUNA_HOME, os.environ.get("DATABASE_OWNER_URL", "")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "comuna.journal",
    "comuna.acts",
    "comuna.statutes",
    "comuna.look",
    "comuna.territory",
    "comuna.mandates",
    "comuna.letters",
    "comuna.processes",
    "comuna.assemblies",
    "comuna.elections",
    "comuna.treasury",
    "comuna.web",
]

MIDDLEWARE = [
    "comuna.web.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "comuna.web.cache.ReadingMiddleware",
    "comuna.web.street.MyStreetMiddleware",
    "comuna.web.cache.PageCacheMiddleware",
    "comuna.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "comuna.mandates.sign_in.SignInMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "comuna.web.frame.frame",
            ]
        },
    }
]

PASSWORD_HASHERS = ["comuna.web.hasher.SmallArgon2"]

LANGUAGE_CODE = "es"
LANGUAGES = [("es", "Español"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

LOGIN_URL = "mandates:sign-in"

STATIC_URL = "/static/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 24 * 3600

DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "comuna.web.errors.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
