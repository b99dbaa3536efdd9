"""Gets live blogs."""

from collections.abc import Iterable

from scrapers.spiders.answers import Answer
from scrapers.spiders.base import OpenSpider
from scrapers.spiders.polled import Job


class LiveBlogSpider(OpenSpider):
    """One page of many posts, each with an hour and an identity of its own."""

    name = "liveblog"

    def after(self, job: Job, answer: Answer) -> Iterable[Job]:
        """Go on to older posts when the page has changed: what was at its end may have moved there."""
        return self.desk.follow(job, answer) if answer.page is not None else ()
