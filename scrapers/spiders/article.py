"""Gets articles, and any page that is read as running text."""

from scrapers.spiders.base import OpenSpider


class ArticleSpider(OpenSpider):
    """One page, one story; it changes when the desk rewrites it."""

    name = "article"
