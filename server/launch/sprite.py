"""Draws `client/vendor/icons.svg`: of the two thousand installed icons the few that the pages name."""

import re
from pathlib import Path

SYMBOL = re.compile(r'<symbol class="[^"]*" (viewBox="[^"]*") id="([^"]*)">(.*?)</symbol>', re.DOTALL)
NAME = re.compile(r"""["'`#]([a-z0-9][a-z0-9-]*)\b""")
SPRITE = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>\n'


def draw(client: Path) -> None:
    """Keep each icon whose name stands quoted in a template or a script; a word too many costs a few bytes."""
    named = names(client)
    installed = (client / "vendor" / "bootstrap-icons" / "bootstrap-icons.svg").read_text()
    kept = (
        f'<symbol id="{name}" {box}>{shape}</symbol>' for box, name, shape in SYMBOL.findall(installed) if name in named
    )
    (client / "vendor" / "icons.svg").write_text(SPRITE.format("".join(kept)))


def names(client: Path) -> set[str]:
    sources = [*(client / "templates").rglob("*.html"), *(client / "static" / "js").rglob("*.js")]
    return {name for source in sources for name in NAME.findall(source.read_text())}
