"""In what the servers that speak OpenAI's chat wire differ."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Dialect:
    """`url` is the vendor's own address; `limit_fields` are names for the reply's bound, the likeliest first."""

    name: str
    url: str
    limit_fields: tuple[str, ...] = ("max_tokens", "max_completion_tokens")


DIALECTS = {
    "openai": Dialect("OpenAI", "https://api.openai.com/v1", ("max_completion_tokens", "max_tokens")),
    "mistral": Dialect("Mistral", "https://api.mistral.ai/v1"),
    "ollama": Dialect("Ollama", "http://127.0.0.1:11434/v1"),
    "llamacpp": Dialect("llama.cpp", "http://127.0.0.1:8080/v1"),
    "openrouter": Dialect("OpenRouter", "https://openrouter.ai/api/v1"),
}


def base_url(dialect: Dialect, url: str) -> str:
    """The address that `/chat/completions` is put after, however much of it was written down."""
    url = re.sub(r"/chat/completions$", "", url.strip().rstrip("/"))
    if not url:
        return dialect.url
    return url if re.search(r"/v\d", url) else f"{url}/v1"
