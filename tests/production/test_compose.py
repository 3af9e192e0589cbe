"""What `docker-compose config -q` would check, and what it would not: the file holds together."""

import re
import shlex

import pytest
import yaml

from server.launch import serving, supervisor
from tests.harness.product import ROOT
from tests.production import compose

DOTENV = {"PUBLIC_URL": "https://pictures.example.com", "SECRET_KEY": "s", "POSTGRES_PASSWORD": "p"}
TOP = {"name", "services", "volumes"}
KNOWN = {
    "build": str, "image": str, "command": str, "env_file": str, "environment": dict, "volumes": list, "expose": list,
    "ports": list, "read_only": bool, "tmpfs": list, "cap_drop": list, "security_opt": list, "restart": str,
    "stop_grace_period": str, "init": bool, "mem_limit": str, "healthcheck": dict, "depends_on": dict,
}  # fmt: skip
CONDITIONS = {"service_started", "service_healthy", "service_completed_successfully"}
SHORT = re.compile(r"(?P<source>[\w./-]+):(?P<target>/[\w./-]*)(:ro)?")


@pytest.fixture(scope="module")
def file() -> dict:
    return compose.read(DOTENV)


@pytest.fixture(scope="module")
def services(file) -> dict:
    return file["services"]


def test_every_key_is_one_that_compose_knows_and_has_its_type(file, services):
    assert {key for key in file if not key.startswith("x-")} == TOP
    for name, service in services.items():
        for key, value in service.items():
            assert isinstance(value, KNOWN[key]), f"{name}.{key} is {value!r}"
        assert all(isinstance(value, str) for value in service.get("environment", {}).values()), name
        assert service["restart"] in ("no", "always", "unless-stopped", "on-failure")
        assert re.fullmatch(r"\d+[mg]", service.get("mem_limit", "1g")), name


def is_ours(service: dict) -> bool:
    return service["image"] == "emulsion"


def test_our_image_is_built_by_one_service_for_all(services):
    """Where several build it at once under one name, all but the first fail: "already exists"."""
    assert [name for name, service in services.items() if "build" in service] == ["app"]
    assert [name for name in services if is_ours(services[name])] == ["migrate", "app", "worker", "upkeep"]


def test_whoever_waits_for_health_finds_a_health_check(services):
    image_checks = "HEALTHCHECK" in (ROOT / "Dockerfile").read_text()
    for name, service in services.items():
        for other, wish in service.get("depends_on", {}).items():
            assert wish["condition"] in CONDITIONS
            check = services[other].get("healthcheck", {})
            has_check = "test" in check or (is_ours(services[other]) and image_checks and not check.get("disable"))
            assert wish["condition"] != "service_healthy" or has_check, f"{name} waits for {other}"
            if wish["condition"] == "service_completed_successfully":
                assert services[other]["restart"] == "no"


def test_every_volume_is_declared_used_and_every_bound_file_exists(file, services):
    used = set()
    for service in services.values():
        for volume in service.get("volumes", []):
            source = SHORT.fullmatch(volume)["source"]
            if source.startswith("."):
                assert (ROOT / source).exists(), source
            else:
                used.add(source)
    assert used == set(file["volumes"])


def test_secrets_come_from_the_env_file_and_are_insisted_upon():
    for name in DOTENV:
        with pytest.raises(compose.Missing, match=name):
            compose.read(DOTENV | {name: ""})
    text = compose.FILE.read_text()
    assert not re.search(r"^\s+\w*(PASSWORD|SECRET_KEY): (?!\$\{)", text, re.MULTILINE), "a secret stands in the file"
    assert "${POSTGRES_PASSWORD" in yaml.safe_load(text)["services"]["app"]["environment"]["DATABASE_URL"]


def test_our_own_containers_are_shut_in(services):
    for name, service in services.items():
        if is_ours(service):
            assert service["read_only"] and service["cap_drop"] == ["ALL"] and service["init"], name
            assert "no-new-privileges:true" in service["security_opt"] and "ports" not in service, name
            assert service["command"].startswith("python ") and (ROOT / shlex.split(service["command"])[1]).exists()
    assert "USER emulsion" in (ROOT / "Dockerfile").read_text()
    assert [name for name, service in services.items() if "ports" in service] == ["nginx"]


def test_docker_waits_longer_than_an_end_takes(services):
    web = serving.PATIENCE + serving.FAREWELL
    workers = supervisor.PATIENCE + supervisor.LAST_PATIENCE
    assert compose.seconds(services["app"]["stop_grace_period"]) > web + 5
    assert compose.seconds(services["worker"]["stop_grace_period"]) > workers + 5


def test_nginx_names_what_the_file_runs(services):
    conf = (ROOT / "nginx.conf").read_text()
    app = services["app"]
    assert f"server app:{app['environment']['PORT']} resolve " in conf and "resolver 127.0.0.11 " in conf
    version = services["nginx"]["image"].removeprefix("nginx:").partition("-")[0]
    assert tuple(map(int, version.split("."))) >= (1, 28), "`resolve` came with 1.27.3"
    assert app["expose"] == [app["environment"]["PORT"]]
    assert f"location {app['environment']['MEDIA_ACCEL']}" in conf
    targets = [SHORT.fullmatch(volume)["target"] for volume in services["nginx"]["volumes"]]
    for path in ("/data", "/usr/share/emulsion/away", "/var/www/challenges", "/etc/letsencrypt"):
        assert path in targets and path.removesuffix("/away") in conf, path


def test_nginx_tells_the_app_of_a_socket_what_it_tells_of_a_page():
    conf = (ROOT / "nginx.conf").read_text()
    above, _, below = conf.partition("location /socket.io/ {")
    headers = re.compile(r"proxy_set_header (\S+)")
    assert set(headers.findall(above)) <= set(headers.findall(below.partition("}")[0]))
