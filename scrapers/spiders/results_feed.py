"""Gets results files that are made for machines."""

from scrapers.spiders.base import OpenSpider
from scrapers.spiders.unpacking import ACCEPTED


class ResultsFeedSpider(OpenSpider):
    """JSON, CSV or XML with the count in it."""

    name = "results_feed"
    custom_settings = {  # noqa: RUF012 - Scrapy's own way of saying it
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "application/json,text/csv,application/xml;q=0.9,*/*;q=0.5",
            "Accept-Encoding": ACCEPTED,
        }
    }
