"""What the start says once the product answers."""

import json
import urllib.request
from urllib.parse import urlsplit

from server.config import VERSION, BackendSettings, Config, StripeSettings
from server.launch.preflight import answers, endpoint

STRIPE = "https://api.stripe.com"


class Health:
    """Asks the running product how it is; no question waits longer than two seconds."""

    def __init__(self, host: str, port: int):
        self.url = f"http://{bracketed(host)}:{port}/api/health"

    def is_alive(self) -> bool:
        """True once the web process answers."""
        return self.ask("/live") is not None

    def is_ok(self) -> bool:
        """True once the pages, the database and Redis answer."""
        return (self.ask("") or {}).get("status") == "ok"

    def ask(self, path: str) -> dict | None:
        try:
            with urllib.request.urlopen(self.url + path, timeout=2) as answer:
                return json.loads(answer.read() or "{}")
        except (OSError, ValueError):
            return None


def address(config: Config, port: int) -> str:
    everywhere = config.host in ("0.0.0.0", "::", "")
    return config.public_url or f"http://{'localhost' if everywhere else bracketed(config.host)}:{port}"


def bracketed(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host or "127.0.0.1")


def greeting(config: Config, where: str, embedded_redis: bool) -> str:
    """The address, what is built in, what is connected, and which of that does not answer."""
    built_in, connected = ["sketch (pictures)", "guide (chat)"], []
    for name, url in (("Redis", "" if embedded_redis else config.redis_url), ("database", config.database_url)):
        if url and not url.startswith("sqlite"):
            connected.append(f"{name} at {urlsplit(url).hostname}")
    built_in += ["Valkey"] if embedded_redis else []
    built_in += ["SQLite"] if config.database_url.startswith("sqlite") else []
    for what, backend in (("pictures", config.image_api), ("chat", config.chat_api)):
        if backend.kind or backend.url:
            connected.append(f"{backend.kind or 'a server'} ({what}){place(backend)}")
    if config.billing_enabled:
        connected.append(f"Stripe{till(config.stripe)}")
    return "\n".join([
        f"\nEmulsion {VERSION} is ready: {where}\n",
        f"  built in   {', '.join(built_in)}",
        f"  connected  {', '.join(connected) or 'nothing yet; docs/configuration.md says how'}",
        f"  data       {config.data_dir}",
        "\nCtrl-C ends it.",
    ])


def till(stripe: StripeSettings) -> str:
    """What is to be known about payments at the start."""
    if not stripe.can_sell:
        return " (nothing can be bought: set STRIPE_SECRET_KEY and STRIPE_PRICE_ID)"
    keys = "live" if stripe.is_live else "test"
    deaf = "" if stripe.webhook_secrets else ", deaf to what it tells: set STRIPE_WEBHOOK_SECRET"
    silent = "" if answers(*endpoint(stripe.api_base or STRIPE), patience=1.0) else ", not answering at the moment"
    return f" ({keys} keys{deaf}{silent})"


def place(backend: BackendSettings) -> str:
    if not backend.url:
        return ""
    host, port = endpoint(backend.url)
    silent = host and not answers(host, port, patience=1.0)
    return f" at {host}:{port}" + (", not answering at the moment" if silent else "")
