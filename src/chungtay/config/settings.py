"""All settings in one file, read from the environment. With nothing set, one machine runs on SQLite.

DATABASE_URL            postgres://… ; without it, SQLite in the working folder
CHUNGTAY_SECRET_KEY     the signing key; must be given when CHUNGTAY_HTTPS is on
CHUNGTAY_ALLOWED_HOSTS  host names, with commas; this machine only by default
CHUNGTAY_HTTPS          1 behind an HTTPS front: secure cookies, HSTS, redirect
CHUNGTAY_DEMO           1 where the demo and its published passwords are wanted
CHUNGTAY_DEBUG          1 while writing code; never on a network
CHUNGTAY_VAR            the working folder: database, key, collected files; var/ by default
CHUNGTAY_LAW_DIR        the law as data; law/ by default
CHUNGTAY_MFA_ROLES      roles that must set up a second step, with commas: administrator,national_office
CHUNGTAY_FIELD_KEYS     keys of what is kept encrypted (names of households …), with commas, the newest first; without
                        it, one is made in the working folder. Lose it and those fields can never be read again
CHUNGTAY_SEAL_KEYS      secrets from which the keys are made that seal certificates, with commas, the newest first;
                        without it, one is made in the working folder
CHUNGTAY_SIGNER         whose key signs certificates digitally (pem:///… p12:///… pkcs11:///… https://…, see
                        recognition/signing/signers.py); none by default
CHUNGTAY_TRUST_ROOTS    a folder of certificates (.pem .crt .cer .der) under which digital signatures are trusted, and
                        of revocation lists (.crl); none by default
CHUNGTAY_EMAIL_URL      the mail server for the digests of each morning: smtp+tls://name:password@host:587; without it,
                        no letter is sent. CHUNGTAY_EMAIL_FROM, the sender; chungtay@ the first host name by default
CHUNGTAY_ADDRESS        how people reach this site, for links in letters: https://host; made of the first host name
CHUNGTAY_OIDC_URL       a sign-on service (OpenID Connect), with CHUNGTAY_OIDC_CLIENT, CHUNGTAY_OIDC_SECRET and
                        CHUNGTAY_OIDC_NAME, the name on the button; none by default
CHUNGTAY_EVIDENCE_S3    a bucket for evidence files; without it, a folder in the working folder. The service itself by
                        CHUNGTAY_EVIDENCE_S3_ENDPOINT (https://…), the keys as its own tools take them (AWS_…)
CHUNGTAY_EVIDENCE_SCANNER  the virus scanner as a dotted name: a function of a binary stream that gives back what it
                        found, "" when clean; none by default
CHUNGTAY_DATA_LICENCE   under which open data is given out, as the owner of the site settled it, and where it can be
                        read in CHUNGTAY_DATA_LICENCE_ADDRESS; without it, CC BY 4.0 is proposed and called so
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

from chungtay.config import secret_key, sqlite_engine

sqlite_engine.install()  # before Django loads any database backend

import environ  # noqa: E402
import fontpkg_be_vietnam_pro  # noqa: E402
from csp.constants import NONE, SELF  # noqa: E402
from django.core.exceptions import ImproperlyConfigured  # noqa: E402

from chungtay.config.languages import languages  # noqa: E402

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parents[3]
VAR_DIR = Path(env("CHUNGTAY_VAR", default=str(BASE_DIR / "var")))
LAW_DIR = Path(env("CHUNGTAY_LAW_DIR", default=str(BASE_DIR / "law")))

DEBUG = env.bool("CHUNGTAY_DEBUG", default=False)
HTTPS = env.bool("CHUNGTAY_HTTPS", default=False)
DEMO = env.bool("CHUNGTAY_DEMO", default=False)
ALLOWED_HOSTS: list[str] = env.list("CHUNGTAY_ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])

SECRET_KEY = env("CHUNGTAY_SECRET_KEY", default="")
if not SECRET_KEY:
    if HTTPS:
        raise ImproperlyConfigured("CHUNGTAY_HTTPS is on: give the signing key in CHUNGTAY_SECRET_KEY")
    SECRET_KEY = secret_key.read_or_make(VAR_DIR / "secret_key")

FIELD_KEYS: list[str] = env.list("CHUNGTAY_FIELD_KEYS", default=[])
if not FIELD_KEYS:
    if HTTPS:
        raise ImproperlyConfigured(
            "CHUNGTAY_HTTPS is on: give the keys of encrypted fields in CHUNGTAY_FIELD_KEYS"
        )
    FIELD_KEYS = [secret_key.read_or_make(VAR_DIR / "field_key")]

SEAL_KEYS: list[str] = env.list("CHUNGTAY_SEAL_KEYS", default=[]) or [
    secret_key.read_or_make(VAR_DIR / "seal_key")
]
SIGNER = env("CHUNGTAY_SIGNER", default="")
TRUST_ROOTS = env("CHUNGTAY_TRUST_ROOTS", default="")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "chungtay.core",
    "chungtay.territory",
    "chungtay.people",
    "chungtay.evidence",
    "chungtay.standards",
    "chungtay.figures",
    "chungtay.community",
    "chungtay.ledger",
    "chungtay.registers",
    "chungtay.works",
    "chungtay.recognition",
    "chungtay.firstday",
    "chungtay.reports",
    "chungtay.ui",
    "chungtay.office",
    "chungtay.portal",
    "chungtay.api",
    "chungtay.demo",
    "chungtay.config",
    "allauth",  # below ours, so that our pages stand before its own
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
]

MIDDLEWARE = [
    "chungtay.portal.caching.KeptPages",  # first: it keeps pages as they leave
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads at random against guessing by length
    "chungtay.ui.middleware.LanguageInAddress",
    "chungtay.portal.caching.PublicPages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "chungtay.ui.middleware.LanguageChosen",
    "chungtay.ui.middleware.FilesBearNotices",
    "chungtay.core.origin.OriginOfDeeds",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",  # last: it answers for a door that is locked
]

ROOT_URLCONF = "chungtay.config.urls"
WSGI_APPLICATION = "chungtay.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["chungtay.office.templatetags.opened_as"],  # {% csrf_token %} says the post as well
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "chungtay.ui.context.preferences",
                "chungtay.ui.context.site_notices",
            ],
        },
    }
]


# Database: one schema on both kinds.
def _sqlite() -> dict[str, Any]:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR_DIR / "chungtay.sqlite3",
        "CONN_MAX_AGE": None,  # reopening the file is what costs
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",  # a writer waits its turn instead of failing half-way
            "timeout": 20,
            # No mmap_size: memory-mapped pages make a torn log worse, and gain nothing at this size.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;",
        },
    }


def _postgresql() -> dict[str, Any]:
    database: dict[str, Any] = env.db("DATABASE_URL")
    database["CONN_MAX_AGE"] = (
        None  # each thread keeps its own (sessions.py): borrowing costs more than a kept page
    )
    database["CONN_HEALTH_CHECKS"] = True  # and looks, before a page is made, whether it still answers
    return database


DATABASES = {"default": _postgresql() if env("DATABASE_URL", default="") else _sqlite()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "chungtay.core.jobs.backend.JobBackend"}}  # jobs, run by `chungtay work`

# People
AUTH_USER_MODEL = "people.User"
CHECK_ACTS_FOR = "chungtay.people.policies.check_acts_for"  # whom core's deeds ask; see core/rights.py
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: whoever is locked out is not even asked for the password
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

# Signing in: a user name or telephone number with a password; no self-made accounts, no mail. See people/door.py.
ACCOUNT_ADAPTER = "chungtay.people.door.AccountDoor"
ACCOUNT_FORMS = {"login": "chungtay.people.door_forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None  # ours is for the office to write to, never to prove who somebody is
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = (
    True  # a session lasts its working day; "remember me" is not asked on shared machines
)
ACCOUNT_RATE_LIMITS = {"login": None}  # axes counts wrong passwords; a whole office comes from one address
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60

# A second step: an authenticator or a passkey, with recovery codes; demanded of the roles named here
MFA_ADAPTER = "chungtay.people.door.SecondStep"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Chung Tay"
MFA_TOTP_TOLERANCE = 1  # telephones whose clock is half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = (
    not HTTPS
)  # browsers themselves allow it on this machine's own address only
MFA_ROLES: list[str] = env.list("CHUNGTAY_MFA_ROLES", default=[])

# A sign-on service joined to accounts that exist already; off until its address is given
SOCIALACCOUNT_ADAPTER = "chungtay.people.door.SignOnDoor"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form may not lead away from us: form-action 'self'
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {"openid_connect": {"SCOPE": ["openid"], "APPS": []}}
if env("CHUNGTAY_OIDC_URL", default=""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "sso",
            "name": env("CHUNGTAY_OIDC_NAME", default="SSO"),
            "client_id": env("CHUNGTAY_OIDC_CLIENT"),
            "secret": env("CHUNGTAY_OIDC_SECRET"),
            "settings": {"server_url": env("CHUNGTAY_OIDC_URL")},
        }
    ]

# Questions a minute that the open API answers one address, in each process of the server
API_QUESTIONS_A_MINUTE = 120

# After ten wrong passwords an account rests for a quarter of an hour, from wherever they came
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
SILENCED_SYSTEM_CHECKS = [
    "axes.W006"
]  # wants addresses counted too: one wrong guesser would shut out a whole office
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # trying on does not lengthen the wait
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # the list of sessions tells a person; nobody else needs it
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "chungtay.office.doors.locked_out"
AXES_USERNAME_CALLABLE = "chungtay.people.door.username_tried"
AXES_CLIENT_IP_CALLABLE = "chungtay.core.origin.address_of"
AXES_SENSITIVE_PARAMETERS = ["username", "login", "password", "oldpassword", "code", "ip_address"]

# One cache for all processes: what may be used once (codes) and how often was tried must be known to each of them
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Letters: a digest each morning, once a mail server is given
MAIL_IS_SENT = bool(env("CHUNGTAY_EMAIL_URL", default=""))
_mail = environ.Env.email_url_config(env("CHUNGTAY_EMAIL_URL", default="") or "dummymail://")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"] or "", _mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = env("CHUNGTAY_EMAIL_FROM", default=f"chungtay@{ALLOWED_HOSTS[0].lstrip('*.')}")
SITE_ADDRESS = env(
    "CHUNGTAY_ADDRESS", default=f"https://{ALLOWED_HOSTS[0]}" if HTTPS else f"http://{ALLOWED_HOSTS[0]}:8000"
).rstrip("/")

# Open data
DATA_LICENCE = env("CHUNGTAY_DATA_LICENCE", default="")
DATA_LICENCE_ADDRESS = env("CHUNGTAY_DATA_LICENCE_ADDRESS", default="")

# Words, days and numbers
LANGUAGE_CODE = "vi"
LOCALE_PATHS = [
    VAR_DIR / "locale",
    Path(__file__).resolve().parents[1] / "locale",
]  # a site's own translations first
LANGUAGES = languages(LOCALE_PATHS)
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

# Static files, served by the application server itself
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [("fonts", Path(fontpkg_be_vietnam_pro.__file__).parent / "files")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}


# Evidence files: never below an address of their own; a view of office hands them out.
def _evidence_storage() -> dict[str, Any]:
    if bucket := env("CHUNGTAY_EVIDENCE_S3", default=""):
        endpoint = env("CHUNGTAY_EVIDENCE_S3_ENDPOINT", default="") or None
        options = {
            "bucket_name": bucket,
            "endpoint_url": endpoint,
            "file_overwrite": False,
            "default_acl": None,
        }
        return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    options = {
        "location": VAR_DIR / "evidence",
        "file_permissions_mode": 0o600,
        "directory_permissions_mode": 0o700,
    }
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}


STORAGES["evidence"] = _evidence_storage()
EVIDENCE_SCANNER = env("CHUNGTAY_EVIDENCE_SCANNER", default="")

WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_MIMETYPES = {".ttf": "font/ttf"}

# What a browser may do with our pages
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "worker-src": [SELF],  # the map's; ours, never one made of a string
        "connect-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day: office machines are shared
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = (
        "HTTP_X_FORWARDED_PROTO",
        "https",
    )  # the front must set it, and strip a caller's own
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},  # a page that is not there is no event
}
