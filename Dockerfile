FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /opt/tallywire
COPY requirements.lock /src/
COPY bot/locales /src/locales
# Only what the lock names, by hash. What no running service needs stays behind: pip, tests, sources and headers, the
# scripts of libraries, and the calendars of languages that nobody is written to in. Smaller, and less to attack.
RUN /opt/tallywire/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r /src/requirements.lock \
 && /opt/tallywire/bin/python -m pip uninstall --quiet --yes pip \
 && cd /opt/tallywire \
 && find . -type d \( -name tests -o -name test -o -name __pycache__ -o -name sample_data \) -prune -exec rm -rf {} + \
 && find . -type f -regex '.*\.\(pyi\|pyx\|pxd\|pxi\|h\|hpp\|c\|cpp\|cc\|f90\)' -delete \
 && find bin -type f ! -name scrapy -delete \
 && cd lib/python3*/site-packages/babel/locale-data \
 && for file in *.dat; do \
      language=${file%%[_.]*}; \
      [ "$language" = root ] || [ "$language" = en ] || [ -e "/src/locales/$language.po" ] || rm "$file"; \
    done

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Tallywire" \
      org.opencontainers.image.description="Election-night alerts in Telegram" \
      org.opencontainers.image.licenses="MIT"
ENV PATH=/opt/tallywire/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PYTHONPATH=/app \
    MPLCONFIGDIR=/tmp/matplotlib \
    TALLYWIRE_DATA=/data \
    TALLYWIRE_RACES=/app/races
# Nobody in this image becomes anybody else: no program keeps a set-user-id bit.
RUN groupadd --gid 10001 tallywire \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin tallywire \
 && install -d -o tallywire -g tallywire -m 0750 /data \
 && find / -xdev -type f -perm /6000 -exec chmod a-s {} +
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
EXPOSE 9464
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["tallywire", "health"]
ENTRYPOINT ["tallywire"]
CMD ["run"]
