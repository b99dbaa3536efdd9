"""Gets feeds and sitemaps, which lead to articles."""

from collections.abc import Iterable

from scrapers.spiders.answers import Answer
from scrapers.spiders.base import OpenSpider
from scrapers.spiders.polled import Job


class FeedSpider(OpenSpider):
    """An RSS or Atom feed, or a sitemap; the articles that it lists are polled with it."""

    name = "feed"

    def after(self, job: Job, answer: Answer) -> Iterable[Job]:
        """Go on to the articles. A feed that did not change may list one that did."""
        return self.desk.follow(job, answer)
