"""The request of one poll: on condition that the page changed, with what its source asks for, and no more."""

from collections.abc import Mapping
from typing import Any

from scrapy import Request

from scrapers.spiders.memory import Said
from scrapers.spiders.polled import Job
from tally.access import PLAIN, filled

# Of a request: the headers that are for its source's own host alone.
OWN = "own_headers"
# Of a request: its page is made by a browser.
BROWSER = "browser"
# Of a request: whose cookies it takes along, and brings back.
JAR = "cookies_of"


def request_for(job: Job, said: Said, environ: Mapping[str, str]) -> Request:
    """The request, in a slot of its source's own. Raises FetchError where a secret is not set.

    Secrets are filled in here and live as long as the request does: a job, its
    capture and what is logged of it know their names only.
    """
    job.headers = said.conditions()
    meta: dict[str, Any] = {"download_slot": "/".join(job.key)}
    headers = dict(job.headers)
    access = job.source.access
    if access is not PLAIN:
        own = {name: filled(value, environ) for name, value in access.headers}
        headers |= own
        meta[OWN] = tuple(own)
        if access.cookies:
            # The articles of a feed have their feed's.
            meta[JAR] = (job.key[0], job.key[1].partition("/")[0])
        if access.browser:
            meta[BROWSER] = True
        if access.proxy is not None:
            meta["proxy"] = filled(access.proxy, environ)
    return Request(job.source.url, headers=headers, dont_filter=True, meta=meta)
