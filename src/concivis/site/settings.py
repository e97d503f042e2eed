"""All settings, from environment variables. `docs/operator.md` lists them; secure unless told otherwise."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from concivis.site.environment import (
    assurances,
    env,
    env_bool,
    env_int,
    env_list,
    mailboxes,
    origin,
    postgres,
)

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(env("CONCIVIS_DATA", "var")).resolve()
DEMO = env_bool("CONCIVIS_DEMO")
TESTING = "PYTEST_VERSION" in os.environ
DEBUG = env_bool("CONCIVIS_DEBUG", TESTING)

# --- secrets and hosts -------------------------------------------------------------------------------------

DEMO_SECRET = "demo-secret-not-for-production"  # noqa: S105 - refused outside the demo, below
SECRET_KEY = env("CONCIVIS_SECRET_KEY") or (DEMO_SECRET if DEMO or DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "CONCIVIS_SECRET_KEY is not set. Write a long random text into it, or its file's path into "
        "CONCIVIS_SECRET_KEY_FILE. (`concivis demo` needs none.)"
    )
if SECRET_KEY == DEMO_SECRET and not (DEMO or DEBUG):
    raise ImproperlyConfigured("CONCIVIS_SECRET_KEY is the demo's secret; production needs one of its own.")
if DEMO and env("DATABASE_URL") and not env_bool("CONCIVIS_DEMO_DATABASE"):
    raise ImproperlyConfigured(
        "The demo does not run on a database named by DATABASE_URL. Unset DATABASE_URL, "
        "or set CONCIVIS_DEMO_DATABASE=1 if that database holds nothing but a demo."
    )
# hashes who has signed; one for all machines, never changed: with another, people would count a second time
SIGNATURE_PEPPER_IS_OWN = bool(env("CONCIVIS_SIGNATURE_PEPPER"))
SIGNATURE_PEPPER = env("CONCIVIS_SIGNATURE_PEPPER") or f"signatures {SECRET_KEY}"
BASE_URL = env("CONCIVIS_BASE_URL", "http://localhost:8000").rstrip("/")
HTTPS = BASE_URL.startswith("https://")
if not (HTTPS or DEMO or DEBUG):
    raise ImproperlyConfigured(
        "CONCIVIS_BASE_URL must be this site's public address, beginning with https://"
    )
ALLOWED_HOSTS = env_list("CONCIVIS_HOSTS", "localhost,127.0.0.1,[::1]" if DEMO or DEBUG else "")
if not ALLOWED_HOSTS:
    ALLOWED_HOSTS = [BASE_URL.split("://", 1)[-1].split("/")[0].rsplit(":", 1)[0]]

LOCAL = {"localhost", "127.0.0.1", "[::1]", "testserver"}
if SECRET_KEY == DEMO_SECRET and not (TESTING or LOCAL.issuperset(ALLOWED_HOSTS)):
    raise ImproperlyConfigured(
        "A demo that others can reach needs a secret of its own: everybody knows the demo's. "
        "Write a long random text into CONCIVIS_SECRET_KEY."
    )
# a webhook may lead to this machine only where nobody else could write its address
WEBHOOKS_TO_THIS_MACHINE = (DEMO or DEBUG) and LOCAL.issuperset(ALLOWED_HOSTS)

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS and env_bool("CONCIVIS_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = env_int("CONCIVIS_HSTS_SECONDS", 31_536_000) if HTTPS else 0
BEHIND_PROXY = env_bool("CONCIVIS_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- the house ---------------------------------------------------------------------------------------------

ROOMS = [
    "concivis.demo",
    "concivis.portal",
    "concivis.exchange",
    "concivis.reports",
    "concivis.desk",
    "concivis.introductions",
    "concivis.newsletter",
    "concivis.proposals",
    "concivis.codesign",
    "concivis.initiatives",
    "concivis.twinning",
    "concivis.directory",
    "concivis.mailings",
    "concivis.reach",
    "concivis.catalogue",
    "concivis.hubs",
    "concivis.places",
    "concivis.vocabulary",
    "concivis.accounts",
    "concivis.shell",
]
INSTALLED_APPS = [
    *ROOMS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "concivis.site.gate.refuse_the_senseless",
    "concivis.site.crowd.leave_room_for_readers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "concivis.hubs.api_auth.keep_answers_to_tokens_private",
]
ROOT_URLCONF = "concivis.site.urls"
WSGI_APPLICATION = "concivis.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "concivis.shell.context.shell",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")

# --- databases ---------------------------------------------------------------------------------------------


def sqlite(name: str) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / name,
        "CONN_MAX_AGE": None,  # opening a file with its pragmas costs more than a page of a list
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY"
            ),
        },
    }


if env("DATABASE_URL"):
    DATABASES = {"default": postgres(env("DATABASE_URL"))}
else:
    DATA.mkdir(parents=True, exist_ok=True)
    DATABASES = {"default": sqlite("concivis.sqlite3"), "jobs": sqlite("jobs.sqlite3")}
    DATABASE_ROUTERS = ["concivis.site.routers.JobsRouter"]
TASKS_BACKEND = "django_tasks.backends.dummy.DummyBackend" if TESTING else "django_tasks_db.DatabaseBackend"
TASKS = {"default": {"BACKEND": TASKS_BACKEND}}

# --- languages, time, files --------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("de", _("German")),
    ("it", _("Italian")),
    ("ro", _("Romanian")),
    ("fr", _("French")),
]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env("CONCIVIS_TIME_ZONE", "Europe/Berlin")

FRONTEND = DATA / "frontend" / "node_modules"
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
# only the built files of the front-end packages, each under its own prefix
STATICFILES_DIRS = [
    (prefix, FRONTEND / folder)
    for prefix, folder in [("d3", "d3/dist"), ("topojson", "topojson-client/src"), ("world", "world-atlas")]
    if (FRONTEND / folder).is_dir()
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
MEDIA_ROOT = DATA / "media"
MEDIA_URL = "/media/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
UPLOAD_BYTES = env_int("CONCIVIS_UPLOAD_MB", 20) * 1024 * 1024  # of one document

# --- people ------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_REDIRECT_URL = "hubs:mine"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "concivis.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "concivis.accounts.adapters.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# the address that rate limits count by; without this every visitor behind the proxy shares the proxy's
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Concivis"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS: dict[str, object] = {}
if env("CONCIVIS_OIDC_SERVER"):
    # Chromium holds the redirection after a form to this, too
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(origin(env("CONCIVIS_OIDC_SERVER")))
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": env("CONCIVIS_OIDC_ID", "city"),
                "name": env("CONCIVIS_OIDC_NAME", "OpenID Connect"),
                "client_id": env("CONCIVIS_OIDC_CLIENT_ID"),
                "secret": env("CONCIVIS_OIDC_CLIENT_SECRET"),
                "settings": {"server_url": env("CONCIVIS_OIDC_SERVER")},
            }
        ],
    }

# what an identity service calls the sureness of its knowledge ("acr") → low, substantial, high
OIDC_ASSURANCE = {
    **{f"http://eidas.europa.eu/LoA/{level}": level for level in ("low", "substantial", "high")},
    **assurances(env_list("CONCIVIS_OIDC_ASSURANCE")),
}

# --- mail --------------------------------------------------------------------------------------------------

MAILBOXES = mailboxes(env_list("CONCIVIS_MAILBOXES"))  # of offices, read for enquiries
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("CONCIVIS_MAIL_FROM", "concivis@localhost")
MAIL_DOMAIN = DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"  # in the numbers of messages
if env("CONCIVIS_SMTP_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = env("CONCIVIS_SMTP_HOST")
    EMAIL_PORT = env_int("CONCIVIS_SMTP_PORT", 587)
    EMAIL_HOST_USER = env("CONCIVIS_SMTP_USER")
    EMAIL_HOST_PASSWORD = env("CONCIVIS_SMTP_PASSWORD")
    EMAIL_USE_TLS = env_bool("CONCIVIS_SMTP_STARTTLS", True)
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA / "mail"

# --- front cache, logs -------------------------------------------------------------------------------------

FRONT_CACHE_MEGABYTES = env_int("CONCIVIS_FRONT_CACHE_MB", 64)  # per worker; 0 turns it off
FRONT_CACHE_VERSION_SECONDS = 0.5  # how old the data version a worker goes by may be
# one for all workers, as it counts attempts for the rate limits
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if TESTING
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "site_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # of the usual 300 a flood would wash the counted attempts away
    },
    # of one worker: what is quick to have again, kept by data version
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "memory"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "concivis.site.logs.KeylessFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("CONCIVIS_LOG_LEVEL", "WARNING")},
}
