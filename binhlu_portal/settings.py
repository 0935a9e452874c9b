"""The one settings file. What differs between machines comes from the environment; see `docs/deployment.md`."""

from pathlib import Path

from . import environment

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = BASE_DIR / "var"

DEBUG = environment.flag("PORTAL_DEBUG", default=False)
SECRET_KEY = environment.secret_key(DATA_DIR / "secret-key")

# Without host names the portal answers on this machine only; with them it stands on a network, and there only HTTPS.
HOSTS = environment.words("PORTAL_HOSTS")
HTTPS = environment.flag("PORTAL_HTTPS", default=bool(HOSTS))
ALLOWED_HOSTS = HOSTS or ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in HOSTS] if HTTPS else []
# The portal speaks plain HTTP: where it answers over HTTPS, a proxy stands in front and names the reader's address.
BEHIND_PROXY = HTTPS
# Where anybody may knock, a password alone opens no account that reaches beyond a cell (accounts/second_factor).
SECOND_FACTOR_REQUIRED = bool(HOSTS)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_filters",
    "django_tables2",
    "binhlu_portal",
    "binhlu_portal.accounts",
    "binhlu_portal.audit",
    "binhlu_portal.backup",
    "binhlu_portal.records.tables",
    "binhlu_portal.spreadsheets",
    "organizations",
    "members",
    "assessments",
    "reports",
]

MIDDLEWARE = [
    "binhlu_portal.security.ContentSecurityPolicy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "binhlu_portal.security.NoStore",
    "binhlu_portal.request_limits.RequestLimits",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "binhlu_portal.accounts.middleware.SignInRequired",
    "binhlu_portal.accounts.middleware.FreshSignIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "binhlu_portal.db.outages.DatabaseOutage",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "binhlu_portal.urls"
WSGI_APPLICATION = "binhlu_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["binhlu_portal.templatetags.portal"],
        },
    }
]

DATABASES = {"default": environment.database("DATABASE_URL", fallback=DATA_DIR / "portal.sqlite3")}
# The accounts of the sample, of which each database has its own.
DEMO_ACCOUNTS = environment.of_database(DATA_DIR / "demo-accounts", DATABASES["default"], DATA_DIR / "portal.sqlite3")
# Where the worker leaves a backup every night (backup/nightly.py); better a disk of its own.
BACKUPS = environment.folder("PORTAL_BACKUPS", default=DATA_DIR / "backups")
# The PostgreSQL role of the server, where another one migrates: it gets its rights from every migrate (db/grants.py).
PORTAL_ROLE = environment.word("PORTAL_ROLE")
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000  # a folder holds more than its lists; the form says how many it takes
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
# The first hashes, the others are read: those of before were made by PBKDF2.
PASSWORD_HASHERS = [
    "binhlu_portal.accounts.password_hasher.PacedArgon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "binhlu_portal.accounts.passwords.LengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name")},
    },
    {"NAME": "binhlu_portal.accounts.passwords.BreachedValidator"},
    {"NAME": "binhlu_portal.accounts.passwords.GuessableValidator"},
]

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
# Django's own "vi" formats read 01/03/2026 as 3 January; Vietnam writes the day first.
FORMAT_MODULE_PATH = ["binhlu_portal.formats"]

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# What the portal is called where no committee is known, and whom a reader calls, of whatever committee and where there
# is no database too.
PORTAL_NAME = "Cổng dữ liệu đảng viên"
PORTAL_OFFICE = "Văn phòng cấp ủy"
# Who stands above the root of the tree in the heading of a document.
PORTAL_SUPERIOR = "ĐẢNG BỘ TỈNH LAI CHÂU"

FIXTURE_DIRS = [BASE_DIR / "fixtures"]

AUTHENTICATION_BACKENDS = ["binhlu_portal.accounts.backend.AccountBackend"]
# Half an hour without a request ends a session; so does half a day (accounts/sessions.py) and closing the browser.
SESSION_ENGINE = "binhlu_portal.accounts.sessions"
SESSION_COOKIE_AGE = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
DEVICE_COOKIE_NAME = "__Host-device" if HTTPS else "device"
CSRF_COOKIE_HTTPONLY = True
# Notices wait in the session: in a cookie of their own they would need a name that no other host can set.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Widgets are drawn by Django's templates for Jinja, which take an eighth of the time: a page has dozens of widgets.
FORM_RENDERER = "django.forms.renderers.Jinja2"
DJANGO_TABLES2_TEMPLATE = "components/table.html"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "format": "{asctime} {levelname} {name}: {message}{account}",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
            "style": "{",
        }
    },
    "filters": {"account": {"()": "binhlu_portal.log_records.AccountOfRequest"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["account"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
