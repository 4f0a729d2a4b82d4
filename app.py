"""Makes the application: settings, database, languages, doors. No rules live here."""

import hashlib
import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import flask
from flask import Flask, g
from flask_babel import Babel
from flask_compress import Compress
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from whitenoise import WhiteNoise

from registry.kernel import settings
from registry.kernel.db import db
from registry.views import commands, doors, guard, pages

ROOT = Path(__file__).resolve().parent
MEGABYTE = 1024 * 1024
YEAR = 365 * 24 * 3600

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def create_app(environment: Mapping[str, str] | None = None) -> Flask:
    """The portal, set up from environment variables (README.md lists them)."""
    chosen = settings.read(os.environ if environment is None else environment, root=ROOT)
    settings.use(chosen)
    app = Flask("registry", root_path=str(ROOT), static_folder=None, template_folder=str(ROOT / "templates"))
    app.config.update(_configuration(chosen))
    app.url_map.strict_slashes = False
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True, compare_type=True)
    Babel(app, default_translation_directories=str(ROOT / "translations"), locale_selector=_locale)
    CSRFProtect(app)
    Compress(app)
    guard.login_manager.init_app(app)
    guard.login_manager.unauthorized_handler(doors.to_sign_in)
    _set_up_templates(app)
    doors.open_on(app)
    commands.add_to(app)
    app.after_request(_harden)
    _serve_static(app)
    return app


def _configuration(chosen: settings.Settings) -> dict[str, object]:
    secure = chosen.public_url.startswith("https://")
    return {
        "SECRET_KEY": chosen.secret_key,
        "SQLALCHEMY_DATABASE_URI": chosen.database_url,
        "SESSION_COOKIE_NAME": "__Host-session" if secure else "session",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "TRUSTED_HOSTS": [urlsplit(chosen.public_url).hostname or "localhost", "127.0.0.1", "localhost"],
        "MAX_CONTENT_LENGTH": 12 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": MEGABYTE,
        "MAX_FORM_PARTS": 500,
        "WTF_CSRF_TIME_LIMIT": None,  # bound to the session instead: long forms on slow lines must not expire
        "BABEL_DEFAULT_LOCALE": "km",
        # Pages and data only: static files lie compressed already, and PDF gains little for its seconds.
        "COMPRESS_MIMETYPES": ["text/html", "text/csv", "application/json", "text/plain"],
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 5,
    }


def _locale() -> str:
    if flask.has_request_context():
        return pages.language()
    return str(g.get("language", "km")) if flask.has_app_context() else "km"


def _set_up_templates(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(pages.FILTERS)
    app.context_processor(doors.frame)


def _serve_static(app: Flask) -> None:
    """Static files under an address that changes with their content: browsers may keep them for good."""
    folder = ROOT / "static"
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in {".br", ".gz"})
    version = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:10]
    app.jinja_env.globals["asset"] = lambda path: f"/static/{version}/{path}"
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign] # the documented way to wrap a WSGI application
        app.wsgi_app,
        root=str(folder),
        prefix=f"static/{version}/",
        allow_all_origins=False,
        immutable_file_test=lambda _path, _url: True,
        max_age=YEAR,
    )


def _harden(answer: flask.Response) -> flask.Response:
    answer.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    answer.headers.setdefault("X-Content-Type-Options", "nosniff")
    answer.headers.setdefault("X-Frame-Options", "DENY")
    # Not "no-referrer": over https the check against forged posts asks for a Referer.
    answer.headers.setdefault("Referrer-Policy", "same-origin")
    answer.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    answer.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    answer.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if settings.current().public_url.startswith("https://"):
        answer.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}; includeSubDomains")
    if guard.somebody_asked() or answer.headers.get("Set-Cookie"):
        answer.headers["Cache-Control"] = "no-store"
    return answer
