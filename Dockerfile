# Stage one builds the environment; stage two carries it and nothing that built it.
FROM python:3.11-slim AS build
ENV PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
COPY requirements/ requirements/
RUN python -m venv --without-pip /opt/samtalelapp \
 && pip install --no-cache-dir --require-hashes -r requirements/build.txt \
 && pip --python /opt/samtalelapp/bin/python install --no-cache-dir --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot/ bot/
COPY handlers/ handlers/
COPY locales/ locales/
RUN pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
 && pip --python /opt/samtalelapp/bin/python install --no-index --no-deps dist/*.whl

FROM python:3.11-slim
# What reads aloud, as a program of its own (GPL-3.0, docs/dependencies.md).
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends espeak-ng \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --user-group --no-create-home samtalelapp \
 && install --directory --owner=samtalelapp --group=samtalelapp --mode=0700 /data
COPY --from=build /opt/samtalelapp /opt/samtalelapp
# Inside, the doors are open to whoever reaches the container; `run` wants a certificate for that, or a proxy.
ENV PATH=/opt/samtalelapp/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    SAMTALELAPP_DATA=/data \
    SAMTALELAPP_STAFF=0.0.0.0:8080 \
    SAMTALELAPP_KIOSKS=0.0.0.0:8081
USER samtalelapp
WORKDIR /data
VOLUME /data
EXPOSE 8080 8081
# Ctrl-C and `docker stop` are the same clean stop.
STOPSIGNAL SIGINT
HEALTHCHECK --start-period=30s --interval=30s --timeout=12s CMD ["python", "-m", "bot.healthy"]
ENTRYPOINT ["samtalelapp"]
CMD ["run"]
