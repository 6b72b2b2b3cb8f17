# Cadence in a container, connected to your Slack:
#   docker build -t cadence .
#   docker run -d --name cadence --env-file .env -e CADENCE_DATA=/data -e CADENCE_HOST=0.0.0.0 \
#     -v cadence:/data -p 127.0.0.1:8100:8100 --stop-timeout 25 --restart unless-stopped cadence
#   docker exec cadence python -m bot doctor
# (The two -e win over what .env says for the machine outside. `docker exec` sees what `docker run` was given.)
# The image is for Slack and needs both tokens. The local workspace has no passwords and refuses to be reachable
# from outside of its machine, so CADENCE_HOST below only lets the health check out; use `make run` for a look.

FROM python:3.11-slim AS build
WORKDIR /cadence
COPY requirements.lock ./
RUN python -m venv .venv \
    && .venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock

FROM python:3.11-slim
WORKDIR /cadence
COPY --from=build /cadence/.venv .venv
COPY manifest.yaml ./
COPY plans plans
COPY bot bot
RUN .venv/bin/python -m compileall -q plans bot \
    && install -d -o 10001 -g 10001 /data
# HOME is set because Slack's SDK asks for it when it is loaded, and this user has none.
ENV PATH="/cadence/.venv/bin:$PATH" \
    HOME=/data \
    PYTHONUNBUFFERED=1 \
    CADENCE_DATA=/data \
    CADENCE_HOST=0.0.0.0 \
    CADENCE_PORT=8100
USER 10001:10001
VOLUME /data
EXPOSE 8100
# 200 while Slack is connected and the clock beats, else 503, at which urlopen raises.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['CADENCE_PORT'] + '/health', timeout=4)"]
CMD ["python", "-m", "bot"]
