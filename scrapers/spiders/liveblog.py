"""Gets live blogs."""

from scrapers.spiders.base import OpenSpider


class LiveBlogSpider(OpenSpider):
    """One page of many posts, each with an hour and an identity of its own."""

    name = "liveblog"
