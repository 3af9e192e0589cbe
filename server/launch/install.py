"""`python -m server.launch.install run|test|vendor`: bring the virtual environment and the browser's files up to date.

It runs before anything is installed, so it needs the standard library only. What is already there is
skipped by stamps: a stamp holds the hash of the files that decided the last installation.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from server.launch import sprite, system, vendor
from server.launch.refusal import Refusal

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def main(purpose: str) -> None:
    try:
        virtual_environment()
        if Path(sys.prefix).resolve() != VENV.resolve():
            sys.exit(subprocess.call([PYTHON, "-m", "server.launch.install", purpose], cwd=ROOT))
        install(purpose)
    except Refusal as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit("Stopped while installing; the next start goes on from here.")


def virtual_environment() -> None:
    if PYTHON.exists() and (VENV / "bin" / "pip").exists():
        return
    print("Making the virtual environment …", flush=True)
    make = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if system.runs(make):
        return
    system.need("Python's venv module", f"python3.{sys.version_info.minor}-venv")
    if not system.runs(make):
        raise Refusal("Python could not make a virtual environment in .venv; is the folder writable?")


def install(purpose: str) -> None:
    if purpose in ("run", "test"):
        requirements("requirements.txt" if purpose == "run" else "requirements-dev.txt")
    browser_files()
    sprite.draw(ROOT / "client")
    if purpose == "test" and system.chromium() is None:
        system.need("Chromium, which the browser tests drive,", "chromium")
    if purpose == "test" and system.postgres("initdb") is None:
        system.need("PostgreSQL, which the fault tests crash,", "postgresql")
    if purpose == "test" and system.nginx() is None:
        system.need("nginx, which the production tests put in front,", "nginx")


def requirements(name: str) -> None:
    """Install the pinned packages; the list for development contains the other."""
    stamp, mark = VENV / f".installed-{name}", fingerprint(*ROOT.glob("requirements*.txt"))
    if stamped(stamp, mark):
        return
    print("Installing the Python packages …", flush=True)
    pip(["-r", str(ROOT / name)])
    for file in {name, "requirements.txt"}:
        (VENV / f".installed-{file}").write_text(mark)


def browser_files() -> None:
    """Install the browser's packages with npm and copy the files that are served."""
    client = ROOT / "client"
    stamp = client / "vendor" / ".installed"
    mark = fingerprint(client / "package.json", client / "package-lock.json", Path(__file__).with_name("vendor.py"))
    if stamped(stamp, mark):
        return
    print("Installing the browser's packages …", flush=True)
    if system.npm() is None:
        pip([system.NODE_PACKAGE])
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    environment = {**os.environ, "PATH": f"{Path(system.node()[0]).parent}:{os.environ['PATH']}"}
    done = subprocess.run([*system.npm(), "ci", *quiet], cwd=client, env=environment)
    if done.returncode != 0:
        raise Refusal("npm could not install the browser's packages; the lines above say why.")
    vendor.copy(client)
    stamp.write_text(mark)


def pip(arguments: list[str]) -> None:
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments]
    if subprocess.call(command) != 0:
        raise Refusal("pip could not install the Python packages; the lines above say why.")


def fingerprint(*files: Path) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def stamped(stamp: Path, mark: str) -> bool:
    return stamp.exists() and stamp.read_text() == mark


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run")
