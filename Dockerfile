FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /opt/tallywire
COPY requirements.lock /src/
# Only what the lock names, by hash. pip itself and all tests of libraries stay behind: smaller, and less to attack.
RUN /opt/tallywire/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r /src/requirements.lock \
 && /opt/tallywire/bin/python -m pip uninstall --quiet --yes pip \
 && find /opt/tallywire -type d \( -name tests -o -name test -o -name __pycache__ \) -prune -exec rm -rf {} +

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Tallywire" \
      org.opencontainers.image.description="Election-night alerts in Telegram" \
      org.opencontainers.image.licenses="MIT"
ENV PATH=/opt/tallywire/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PYTHONPATH=/app \
    TALLYWIRE_DATA=/data \
    TALLYWIRE_RACES=/app/races
RUN groupadd --gid 10001 tallywire \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin tallywire \
 && install -d -o tallywire -g tallywire -m 0750 /data
COPY --from=build /opt/tallywire /opt/tallywire
COPY scrapy.cfg scheduler.py tallywire.py /app/
COPY tally /app/tally
COPY scrapers /app/scrapers
COPY storage /app/storage
COPY bot /app/bot
COPY nights /app/nights
COPY races /app/races
COPY settings /app/settings
COPY monitoring /app/monitoring
COPY cli /app/cli
RUN printf '#!/bin/sh\nexec python -m tallywire "$@"\n' > /opt/tallywire/bin/tallywire \
 && chmod 0755 /opt/tallywire/bin/tallywire \
 && python -m compileall -q -j 0 /app /opt/tallywire/lib
WORKDIR /app
USER 10001:10001
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["tallywire", "health"]
ENTRYPOINT ["tallywire"]
CMD ["run"]
