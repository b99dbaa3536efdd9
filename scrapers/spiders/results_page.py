"""Gets results pages that are made for people."""

from scrapers.spiders.base import OpenSpider


class ResultsPageSpider(OpenSpider):
    """A page with the count in a table."""

    name = "results_page"
