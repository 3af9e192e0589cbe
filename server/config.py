"""Every setting of the product, read from the environment once; nobody else reads it."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

VERSION = "0.1.0"


@dataclass(frozen=True)
class BackendSettings:
    """One image or chat backend from `IMAGE_API_*` or `CHAT_API_*`; `kind` is empty when none is set."""

    kind: str = ""
    url: str = ""
    key: str = field(default="", repr=False)
    models: tuple[str, ...] = ()


@dataclass(frozen=True)
class StripeSettings:
    """`STRIPE_*`; two webhook secrets while one is being replaced by the other; `api_base` is empty but for tests."""

    secret_key: str = field(default="", repr=False)
    webhook_secrets: tuple[str, ...] = field(default=(), repr=False)
    price_id: str = ""
    api_base: str = ""

    @property
    def is_live(self) -> bool:
        """Whether the key moves real money; keys of tests are named so."""
        return "_test_" not in self.secret_key

    @property
    def can_sell(self) -> bool:
        return bool(self.secret_key and self.price_id)


@dataclass(frozen=True)
class Config:
    """Paths are absolute, periods are seconds. `redis_url` is empty until an embedded server is started."""

    data_dir: Path
    secret_key: str = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 5000
    port_is_chosen: bool = False
    database_url: str = ""
    redis_url: str = ""
    public_url: str = ""
    allowed_origins: tuple[str, ...] = ()
    async_mode: str = "eventlet"
    web_processes: int = 1
    image_workers: int = 1
    image_slots: int = 6
    chat_workers: int = 1
    chat_slots: int = 4
    billing_enabled: bool = False
    stripe: StripeSettings = StripeSettings()
    image_api: BackendSettings = BackendSettings()
    chat_api: BackendSettings = BackendSettings()
    mail_url: str = field(default="", repr=False)
    mail_from: str = ""
    confirm_mail: bool = False
    helpdesk_email: str = ""
    media_accel: str = ""
    log_format: str = "text"
    batch_cap: int = 64
    import_most: int = 4096 * 1024**2
    lease: float = 30.0
    head_period: float = 15.0
    ping_period: float = 25.0
    sweep_period: float = 2.0
    upkeep_period: float = 2.0
    probe_period: float = 30.0
    retry_pause: float = 5.0
    presence_period: float = 10.0
    presence_lease: float = 30.0
    recheck_period: float = 30.0
    brake: float = 1.0
    sketch_pace: float | None = None
    guide_pace: float | None = None

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Config":
        """The settings of this process; unset or empty variables keep their defaults."""
        given = {name: value.strip() for name, value in environ.items() if value.strip()}
        data_dir = Path(given.get("DATA_DIR", "data")).expanduser().resolve()
        plain = {name: read(given, key, convert) for key, (name, convert) in VARIABLES.items() if key in given}
        return cls(
            data_dir=data_dir,
            secret_key=given.get("SECRET_KEY") or kept_secret(data_dir),
            port_is_chosen="PORT" in given,
            image_api=backend(given, "IMAGE_API"),
            chat_api=backend(given, "CHAT_API"),
            stripe=stripe(given),
            **{"database_url": f"sqlite:///{data_dir / 'emulsion.db'}", **plain},
        )

    @property
    def version(self) -> str:
        return VERSION

    @property
    def originals(self) -> Path:
        return self.data_dir / "media"

    @property
    def transfers(self) -> Path:
        """Archives on their way out or in, a day at most."""
        return self.data_dir / "transfers"

    @property
    def home(self) -> str:
        """Where people reach us, for links that leave the house; never taken from what a request claims."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def confirms_mail(self) -> bool:
        """Addresses are confirmed where that is wanted and mail can be sent."""
        return self.confirm_mail and bool(self.mail_url)

    def admits(self, origin: str, asked: str) -> bool:
        """Whether a page of `origin` may write; `asked` is the address that it wrote to."""
        return origin_of(origin) in (self.origins() or (origin_of(asked),))

    def origins(self) -> tuple[str, ...]:
        """The origins that may write and open sockets; empty means the address that was asked for."""
        public = (origin_of(self.public_url),) if self.public_url else ()
        return tuple(dict.fromkeys((*self.allowed_origins, *public)))


def database_url(text: str) -> str:
    """Name our PostgreSQL driver where the URL leaves it open."""
    for prefix in ("postgres://", "postgresql://"):
        if text.startswith(prefix):
            return "postgresql+psycopg://" + text.removeprefix(prefix)
    return text


def read(given: Mapping[str, str], key: str, convert: Callable[[str], object]) -> object:
    """The value of a variable; a ValueError that names it when it cannot be read."""
    try:
        return convert(given[key])
    except ValueError:
        raise ValueError(f"{key} is {given[key]!r}") from None


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def megabytes(text: str) -> int:
    return int(text) * 1024**2


def switch(text: str) -> bool:
    return text.lower() in ("1", "true", "yes", "on")


def backend(given: Mapping[str, str], prefix: str) -> BackendSettings:
    return BackendSettings(
        kind=given.get(f"{prefix}_KIND", "").lower(),
        url=given.get(f"{prefix}_URL", ""),
        key=given.get(f"{prefix}_KEY", ""),
        models=words(given.get(f"{prefix}_MODELS", "")),
    )


def stripe(given: Mapping[str, str]) -> StripeSettings:
    return StripeSettings(
        secret_key=given.get("STRIPE_SECRET_KEY", ""),
        webhook_secrets=words(given.get("STRIPE_WEBHOOK_SECRET", "")),
        price_id=given.get("STRIPE_PRICE_ID", ""),
        api_base=given.get("STRIPE_API_BASE", "").rstrip("/"),
    )


def kept_secret(data_dir: Path) -> str:
    """The secret of this installation, made at the first start and kept in the data folder."""
    path = data_dir / "secret_key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass
    return path.read_text().strip()


VARIABLES = {
    "HOST": ("host", str),
    "PORT": ("port", int),
    "DATABASE_URL": ("database_url", database_url),
    "REDIS_URL": ("redis_url", str),
    "PUBLIC_URL": ("public_url", str),
    "ALLOWED_ORIGINS": ("allowed_origins", words),
    "ASYNC_MODE": ("async_mode", str.lower),
    "WEB_PROCESSES": ("web_processes", int),
    "IMAGE_WORKERS": ("image_workers", int),
    "IMAGE_SLOTS": ("image_slots", int),
    "CHAT_WORKERS": ("chat_workers", int),
    "CHAT_SLOTS": ("chat_slots", int),
    "BILLING_ENABLED": ("billing_enabled", switch),
    "MAIL_URL": ("mail_url", str),
    "MAIL_FROM": ("mail_from", str),
    "CONFIRM_MAIL": ("confirm_mail", switch),
    "HELPDESK_EMAIL": ("helpdesk_email", str),
    "MEDIA_ACCEL": ("media_accel", str),
    "LOG_FORMAT": ("log_format", str.lower),
    "BATCH_CAP": ("batch_cap", int),
    "IMPORT_MAX_MB": ("import_most", megabytes),
    "LEASE_SECONDS": ("lease", float),
    "HEAD_SECONDS": ("head_period", float),
    "PING_SECONDS": ("ping_period", float),
    "SWEEP_SECONDS": ("sweep_period", float),
    "UPKEEP_SECONDS": ("upkeep_period", float),
    "PROBE_SECONDS": ("probe_period", float),
    "RETRY_SECONDS": ("retry_pause", float),
    "PRESENCE_SECONDS": ("presence_period", float),
    "PRESENCE_LEASE_SECONDS": ("presence_lease", float),
    "RECHECK_SECONDS": ("recheck_period", float),
    "BRAKE_SECONDS": ("brake", float),
    "SKETCH_PACE": ("sketch_pace", float),
    "GUIDE_PACE": ("guide_pace", float),
}
