"""Every setting of vehreg, each from the environment with a default and one line of help.

`VEHREG_…` variables are ours; `DATABASE_URL` and `REDIS_URL` replace the private services.
"""

import os
from importlib.util import find_spec
from pathlib import Path

import environ
import pghistory
from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

from vehreg.adminsite.assets import favicon
from vehreg.jobs.schedule import beat_schedule
from vehreg.keepalive import keepalive
from vehreg.localservices import ensure_secret, ensure_urls
from vehreg.logs import configure_structlog, logging_config

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- the machine ------------------------------------------------------------------------------------------
# Where everything that is not code lives: delivered files, exports, logs, the private services.
VAR_DIR = Path(env.str("VEHREG_VAR_DIR", str(BASE_DIR / "var")))
# Show Django's own error pages. Never where a user can see them.
DEBUG = env.bool("VEHREG_DEBUG", False)
# Signs sessions. Made once under var/ when not given.
SECRET_KEY = env.str("VEHREG_SECRET_KEY", "") or ensure_secret(VAR_DIR / "secret_key")
# Names under which the site may be reached.
ALLOWED_HOSTS = env.list("VEHREG_ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("VEHREG_TRUSTED_ORIGINS", default=[])
# Cookies only over HTTPS, and HSTS. On in production behind TLS.
SECURE = env.bool("VEHREG_SECURE", False)

DATABASE_URL, REDIS_URL = ensure_urls(os.environ)

# --- the parts --------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "unfold.contrib.import_export",
    "vehreg.adminsite.apps.SiteConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "axes",
    "csp",
    "django_celery_beat",
    "django_filters",
    "django_structlog",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "import_export",
    "oauth2_provider",
    "pghistory",
    "pgtrigger",
    "rest_framework",
    "vehreg.accounts",
    "vehreg.audit",
    "vehreg.clients",
    "vehreg.jobs",
    "vehreg.webhooks",
    "registry",
    "cases",
]
# A tool of `make lint`; a system that only runs does not have it.
if find_spec("django_migration_linter"):
    INSTALLED_APPS.append("django_migration_linter")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "vehreg.accounts.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "vehreg.request_log.PathOnlyMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "vehreg.urls"
WSGI_APPLICATION = "vehreg.wsgi.application"

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
                "django.template.context_processors.i18n",
            ]
        },
    }
]

# --- storage ----------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
# Seconds of silence after which database and worker take each other's host for lost.
LOST_HOST_SECONDS = env.int("VEHREG_LOST_HOST_SECONDS", 60)
DATABASES["default"] |= {
    "ATOMIC_REQUESTS": True,
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {
        "application_name": "vehreg",
        # Only what asks for it is prepared: Django's own statements bring their values as text.
        "prepare_threshold": 5,
        **keepalive(LOST_HOST_SECONDS),
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL},
    # Each process's own, for what may be some seconds old and must not wait for the broker.
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# Delivered files and exports are private: they are read through views that check who asks.
MEDIA_ROOT = Path(env.str("VEHREG_FILES_DIR", str(VAR_DIR / "files")))
# Where a worker host keeps its own copies of a job's files; empty: it reads them in the shared folder.
LOCAL_DIR = env.str("VEHREG_LOCAL_DIR", "")
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(MEDIA_ROOT), "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
# A registrar's file may be gigabytes; it goes to disk, not to memory.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_TEMP_DIR = env.str("VEHREG_UPLOAD_DIR", "") or None
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- people -----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "vehreg.accounts.backends.RoleBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# Hours of sitting idle after which an officer signs in again.
SESSION_COOKIE_AGE = env.int("VEHREG_SESSION_HOURS", 10) * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Guessing a password: how many tries, and for how many minutes the door stays shut.
AXES_FAILURE_LIMIT = env.int("VEHREG_SIGN_IN_TRIES", 7)
AXES_COOLOFF_TIME = env.int("VEHREG_SIGN_IN_LOCK_HOURS", 1)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Unfold's Alpine needs eval and inline styles; nothing else may load or run from outside.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, UNSAFE_EVAL],
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [SELF],
        "object-src": [NONE],
    }
}

# --- language and place -----------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = ["vehreg.formats"]
USE_THOUSAND_SEPARATOR = True

# --- work in the background -------------------------------------------------------------------------------
# A message the broker delivers twice does no harm: a chunk is claimed under a lock.
BROKER_VISIBILITY_SECONDS = env.int("VEHREG_BROKER_VISIBILITY", 3600)
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": BROKER_VISIBILITY_SECONDS,
    # A broker that was emptied has forgotten where messages go, and would drop every one of them in silence.
    "deadletter_queue": "celery",
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
# A broker that is away must not keep anybody waiting: the sweeper rings again.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 2, "interval_start": 0, "interval_step": 0.2}
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
# Seconds between looks for lost workers and waiting jobs.
JOB_SWEEP_SECONDS = env.int("VEHREG_JOB_SWEEP_SECONDS", 10)
# How often a chunk is tried before a person decides.
JOB_MAX_ATTEMPTS = env.int("VEHREG_JOB_MAX_ATTEMPTS", 5)
# Processes of a command that does a job in the foreground: as many as there are processors for it.
FOREGROUND_PROCESSES = env.int("VEHREG_FOREGROUND_PROCESSES", len(os.sched_getaffinity(0)))
# Modules with kinds of jobs beside the applications' own `job_kinds.py`; the tests bring theirs.
JOB_KIND_MODULES = env.list("VEHREG_JOB_KINDS", default=[])
CELERY_BEAT_SCHEDULE = beat_schedule(sweep_seconds=JOB_SWEEP_SECONDS)

# The history is read by its row and by the delivery: its models declare these two indexes, and no other key
# of an event has one.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)

# --- deliveries and matching ------------------------------------------------------------------------------
# Rows of one merge transaction.
DELIVERY_CHUNK_ROWS = env.int("VEHREG_DELIVERY_CHUNK_ROWS", 50_000)
# A folder on the disk of the database, where that is a disk of this machine: its free space is compared with
# what a delivery will take. A database on this machine is asked where it lies.
DATABASE_DISK = env.str("VEHREG_DATABASE_DISK", "")
# What an XLSX file may grow to when unpacked, and its list of texts, which is held in memory.
DELIVERY_XLSX_MB = env.int("VEHREG_DELIVERY_XLSX_MB", 1024)
DELIVERY_XLSX_STRINGS_MB = env.int("VEHREG_DELIVERY_XLSX_STRINGS_MB", 128)
# Parties of one matching chunk.
MATCH_CHUNK_PARTIES = env.int("VEHREG_MATCH_CHUNK_PARTIES", 1_000_000)
# Cases of one chunk of a release: they are locked until it commits.
RELEASE_CHUNK_CASES = env.int("VEHREG_RELEASE_CHUNK_CASES", 2_000)
# What one matching chunk may use.
MATCH_THREADS = env.int("VEHREG_MATCH_THREADS", 2)
MATCH_MEMORY_MB = env.int("VEHREG_MATCH_MEMORY_MB", 4096)
# The version of the scoring model; empty: the newest.
MATCH_MODEL = env.str("VEHREG_MATCH_MODEL", "")

# --- the campaign -----------------------------------------------------------------------------------------
# First day and last day of the cleaning campaign (YYYY-MM-DD); empty: the sixty days from the first delivery.
CAMPAIGN_START = env.str("VEHREG_CAMPAIGN_START", "")
CAMPAIGN_END = env.str("VEHREG_CAMPAIGN_END", "")
# Where citizens declare: the address in the QR code of a notice. Nothing is added to it.
DECLARATION_URL = env.str("VEHREG_DECLARATION_URL", "https://khaibao.example/")

# --- API --------------------------------------------------------------------------------------------------
# Other systems sign in as themselves, and in no other way that OAuth2 knows.
OAUTH2_PROVIDER_APPLICATION_MODEL = "clients.Client"
OAUTH2_PROVIDER = {
    "OAUTH2_SERVER_CLASS": "oauthlib.oauth2.BackendApplicationServer",
    "SCOPES_BACKEND_CLASS": "vehreg.clients.scopes.ClientScopes",
    # Seconds until a system asks for a new token.
    "ACCESS_TOKEN_EXPIRE_SECONDS": env.int("VEHREG_TOKEN_SECONDS", 3600),
    "CLIENT_SECRET_GENERATOR_LENGTH": 48,
    # A token is kept as its checksum only.
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["vehreg.accounts.api.RolePermission"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.CursorPagination",
    "PAGE_SIZE": 100,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "vehreg",
    "DESCRIPTION": "Vehicle and driving-licence registers, and the cases that clean them.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "vehreg.api_schema.add_refusals",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    # Choices that several tables have under one name, or one table under several.
    "ENUM_NAME_OVERRIDES": {
        "DeclarationStateEnum": "cases.models.declaration.DeclarationState",
        "DeclaredSubjectEnum": "cases.models.declaration.DeclaredSubject",
        "VehicleKindEnum": "registry.models.vehicle.VehicleKind",
        "OwnerKindEnum": "registry.models.owner.OwnerKind",
        "DiscrepancyKindEnum": "cases.models.kinds.DiscrepancyKind",
        "BirthPrecisionEnum": "registry.models.base.BirthPrecision",
    },
}

# --- parts that take settings -----------------------------------------------------------------------------
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
MIGRATION_LINTER_OPTIONS = {
    "exclude_apps": ["axes", "django_celery_beat", "oauth2_provider"],
    # The two halves of the first tables of cases: nothing stands in them yet.
    "ignore_name": ["0002_initial"],
    "no_cache": True,
}

LOGGING = logging_config()
configure_structlog()

UNFOLD = {
    "SITE_TITLE": _("Register cleaning"),
    "SITE_HEADER": _("Register cleaning"),
    "SITE_URL": None,
    "SITE_SYMBOL": "verified",
    "THEME": "light",
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_BACK_BUTTON": False,
    "SHOW_LANGUAGES": True,
    "LANGUAGE_FLAGS": {"vi": "VI", "en": "EN"},
    "STYLES": ["vehreg.adminsite.assets.stylesheet"],
    "SCRIPTS": ["vehreg.adminsite.assets.script"],
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": favicon}],
    "DASHBOARD_CALLBACK": "vehreg.adminsite.dashboard.dashboard_callback",
    "SIDEBAR": {
        "show_search": False,
        "show_all_applications": False,
        "navigation": "vehreg.adminsite.navigation.navigation",
    },
    "COLORS": {
        # Unfold's own greys are oklch, which older browsers do not know.
        "base": {
            "50": "248 250 252",
            "100": "241 245 249",
            "200": "226 232 240",
            "300": "203 213 225",
            "400": "148 163 184",
            "500": "100 116 139",
            "600": "71 85 105",
            "700": "51 65 85",
            "800": "30 41 59",
            "900": "15 23 42",
            "950": "2 6 23",
        },
        "primary": {
            "50": "239 246 255",
            "100": "219 234 254",
            "200": "191 219 254",
            "300": "147 197 253",
            "400": "96 165 250",
            "500": "59 130 246",
            "600": "29 78 216",
            "700": "29 78 216",
            "800": "30 64 175",
            "900": "30 58 138",
            "950": "23 37 84",
        },
    },
}
