"""CPU of reading a changed page of 200 KB, beside selectolax merely parsing the same bytes."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median

from selectolax.lexbor import LexborHTMLParser

from bench.child import cpu, say
from bench.pages import article, results_page
from bench.races import LEADERS, races
from scrapers.parser import parse
from tally.capture import Capture
from tally.race import Race, Source

SIZE = 200_000
_WARM_UP = 3


def structured_pages(count: int) -> list[bytes]:
    """Results pages, each with other numbers."""
    lines = [[(name, 100_000 + n * 1_000 + i) for i, name in enumerate(LEADERS)] for n in range(count)]
    return [results_page(f"Race 0, update {n}", pair, 40 + n / 10, SIZE) for n, pair in enumerate(lines)]


def prose_pages(count: int) -> list[bytes]:
    """Articles, each with other words and numbers."""
    told = "With {} percent of the votes counted, the Lake List had {} percent and the Hill List {} percent."
    texts = [told.format(40 + n, 50 + n / 10, 50 - n / 10) for n in range(count)]
    return [article(f"Update {n}", text, SIZE, seed=n) for n, text in enumerate(texts)]


def cost(work: Callable[[bytes], object], pages: list[bytes]) -> float:
    """The median seconds of CPU per page."""
    costs = []
    for number, page in enumerate(pages):
        before = cpu()
        work(page)
        if number >= _WARM_UP:
            costs.append(cpu() - before)
    return median(costs)


def reader(race: Race, source: Source) -> Callable[[bytes], int]:
    """What the service does with a changed page; gives the number of readings."""

    def read(body: bytes) -> int:
        now = datetime.now(UTC)
        headers = {"content-type": "text/html; charset=utf-8"}
        return len(parse(Capture(source.url, source.url, now, 200, body, headers), race, source).readings)

    return read


def main() -> None:
    """Measure each time the parent asks."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=40)
    given = parser.parse_args()
    race = races(1, 2, 80, 5.0)[0]
    results, story = race.sources
    say(ready=True)
    while line := sys.stdin.readline():
        kind = json.loads(line)["pages"]
        pages = structured_pages(given.pages) if kind == "structured" else prose_pages(given.pages)
        read = reader(race, results if kind == "structured" else story)
        found = sum(read(page) > 0 for page in pages)
        say(
            read=cost(read, pages),
            bare=cost(LexborHTMLParser, pages),
            found=found / len(pages),
            size=median(len(page) for page in pages),
        )


if __name__ == "__main__":
    main()
