"""The house rules of CONTRIBUTING.md, held by reading the code."""

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EVERYONE = {"server.errors"}
DOORS = {"server.actions", "server.protocol", "server.models", "server.extensions"}
ALLOWED = {
    "run": {"server", "server.config", "server.launch", "server.actions", "server.extensions", "server.realtime"},
    "worker": {"server", "server.config", "server.launch", "server.queue", "jobs"},
    "jobs": {"server.actions", "server.extensions", "server.queue"},
    "server": {
        "server.config",
        "server.extensions",
        "server.logs",
        "server.mail",
        "server.http",
        "server.sockets",
        "server.realtime",
    },
    "server.config": set(),
    "server.errors": set(),
    "server.logs": set(),
    "server.protocol": set(),
    "server.extensions": {"server.config", "server.mail", "server.storage"},
    "server.launch": {"server", "server.config", "server.launch"},
    "server.cli": DOORS | {"server", "server.config", "server.launch"},
    "server.queue": {"server.extensions"},
    "server.models": {"server.extensions", "server.protocol"},
    "server.prompts": set(),
    "server.providers": set(),
    "server.storage": set(),
    "server.mail": set(),
    "server.archive": set(),
    "server.sample": {"server.prompts", "server.providers", "server.storage"},
    "server.realtime": {"server.models", "server.extensions", "server.protocol"},
    "server.billing": {"server.models", "server.extensions", "server.protocol", "server.config"},
    "server.migrations": {"server.models"},
    "server.actions": DOORS
    | {
        "server.prompts",
        "server.providers",
        "server.storage",
        "server.mail",
        "server.archive",
        "server.billing",
        "server.realtime",
        "server.queue",
        "server.config",
    },
    "server.http": DOORS,
    "server.sockets": DOORS | {"server.realtime", "server.config"},
}


@cache
def sources() -> list[tuple[str, Path, ast.Module]]:
    """(module, path, syntax tree) of every file of ours."""
    files = [ROOT / "run.py", ROOT / "worker.py", *(ROOT / "jobs").rglob("*.py"), *(ROOT / "server").rglob("*.py")]
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in files]
    return [(name, path, ast.parse(path.read_text())) for name, path in zip(names, files, strict=True)]


def room_of(module: str) -> str:
    """The room of the house that a module lies in: `server.http.auth` is in `server.http`."""
    return ".".join(module.split(".")[: 2 if module.startswith("server.") else 1])


def imports(module: str, path: Path, tree: ast.Module) -> Iterator[str]:
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join(
                    [*package.split(".")[: len(package.split(".")) - node.level + 1], *filter(None, [base])]
                )
            yield from (f"{base}.{alias.name}" if base in ("server", "jobs") else base for alias in node.names)


def is_module(name: str) -> bool:
    path = ROOT / name.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").exists()


def is_ours(name: str) -> bool:
    return name.split(".")[0] in ("server", "jobs", "run", "worker")


def test_every_room_imports_only_what_it_may():
    wrong = []
    for module, path, tree in sources():
        room = room_of(module)
        for name in filter(is_ours, imports(module, path, tree)):
            target = room_of(name) if name.count(".") > 1 or is_module(name) else name.split(".")[0]
            if target != room and target not in ALLOWED[room] | EVERYONE:
                wrong.append(f"{module} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_a_web_process_never_loads_what_decodes_pictures():
    doors = [f"server.http.{path.stem}" for path in (ROOT / "server/http").glob("*.py")] + ["server.sockets"]
    load = f"import sys; [__import__(name) for name in {doors}]; sys.exit(bool({{'PIL', 'numpy'}} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", load], cwd=ROOT).returncode == 0


def test_only_one_place_emits():
    calls = [
        path
        for _, path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("emit", "send")
        and ast.unparse(node.func.value).split(".")[-1] in ("socketio", "server", "sio")
    ]
    assert [path.name for path in calls] == ["publisher.py"]


def test_only_actions_commit():
    committing = {
        room_of(module)
        for module, _, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "db.session.commit"
    }
    assert committing == {"server.actions"}


def test_only_the_settings_read_the_environment():
    readers = {
        module
        for module, _, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "os.environ"
    }
    assert {room_of(module) for module in readers} <= {"server.config", "server.launch", "run"}


def test_every_bell_names_a_job():
    from server.queue import BELLS

    for bell in BELLS.values():
        module, _, name = bell.function.rpartition(".")
        assert callable(getattr(importlib.import_module(module), name))


def test_the_browser_knows_the_same_events():
    from server.protocol.events import DURABLE, EPHEMERAL

    script = (ROOT / "client/static/js/protocol.js").read_text()
    durable, ephemeral = (_table(script, name) for name in ("EVENTS", "EPHEMERAL"))
    assert durable == {name: set(model.model_fields) for name, model in DURABLE.items()}
    assert ephemeral == {name: set(fields) for name, fields in EPHEMERAL.items()}


def _table(script: str, name: str) -> dict[str, set[str]]:
    """An exported object literal of names and lists of words."""
    body = re.search(rf"export const {name} = [^{{]*\{{(.*?)\n\}}", script, re.DOTALL)[1]
    entries = re.findall(r'"?([\w.]+)"?:\s*\[([^\]]*)\]', body)
    return {key: set(re.findall(r'"(\w+)"', words)) for key, words in entries}


def test_no_file_outgrows_comfort():
    long = [module for module, path, _ in sources() if len(path.read_text().splitlines()) > 300]
    assert not [module for module in long if "migrations" not in module]
