"""``scrapy`` from the project's folder: list, crawl and shell, as a Scrapy person expects them."""

import asyncio
import json
import os
import re
import sys
from pathlib import Path

import pytest
from spider_site import Site

from scrapers.spiders.by_hand import HandDesk
from tally.errors import ConfigError

PROJECT = Path(__file__).parents[2]

PAGE = """<html><head><title>Count</title></head><body><h1>Oak County</h1><table>
<tr><th>Candidate</th><th>Votes</th><th>%</th></tr>
<tr><td>Ada Alder</td><td>6,000</td><td>60.0</td></tr>
<tr><td>Ben Birch</td><td>4,000</td><td>40.0</td></tr></table></body></html>"""

RACE_FILE = """
id = "oak-2031"
title = "Oak County"
date = 2031-05-04
timezone = "UTC"
polls_close = 2031-05-04T18:00:00

[[candidates]]
id = "alder"
name = "Ada Alder"

[[candidates]]
id = "birch"
name = "Ben Birch"

[[sources]]
name = "board"
url = "{url}"
kind = "table"
origin = "board"
rank = "official"
"""


@pytest.fixture
def races(tmp_path: Path, site: Site) -> Path:
    folder = tmp_path / "races"
    folder.mkdir()
    (folder / "oak-2031.toml").write_text(RACE_FILE.format(url=site.url("/results")), encoding="utf-8")
    return folder


async def scrapy(*arguments: str, races: Path | None = None) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    environment = dict(os.environ) | ({"TALLYWIRE_RACES": str(races)} if races else {})
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "scrapy",
        *arguments,
        cwd=PROJECT,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode or 0, out.decode(), err.decode()


async def test_the_five_spiders_are_listed() -> None:
    code, out, _ = await scrapy("list")
    assert (code, out.split()) == (0, ["article", "feed", "liveblog", "results_feed", "results_page"])


async def test_a_configured_source_is_read_and_exported(site: Site, races: Path, tmp_path: Path) -> None:
    site.pages["/results"] = PAGE
    site.headers = {"Content-Type": "text/html"}
    code, _, err = await scrapy(
        "crawl", "results_page", "-a", "source=oak-2031/board", "-O", f"{tmp_path}/out.json", races=races
    )
    assert code == 0, err
    (item,) = json.loads((tmp_path / "out.json").read_text())
    assert (item["type"], item["race"], item["origin"]) == ("reading", "oak-2031", "board")
    assert {r["candidate"]: r["votes"] for r in item["results"]} == {"alder": 6000, "birch": 4000}
    assert "6,000" in item["evidence"]


async def test_a_saved_page_is_read_and_printed(races: Path, tmp_path: Path) -> None:
    saved = tmp_path / "count.html"
    saved.write_text(PAGE, encoding="utf-8")
    code, out, err = await scrapy(
        "crawl", "results_page", "-a", f"url={saved.as_uri()}", "-a", "race=oak-2031", races=races
    )
    assert code == 0, err
    (item,) = json.loads(out)
    assert [r["share"] for r in item["results"]] == [60.0, 40.0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["race=nowhere", "url=http://127.0.0.1/"], "there is no race 'nowhere'; there are: oak-2031"),
        (["source=oak-2031/nobody"], "has no source 'nobody'; there are: oak-2031/board"),
        (["source=oak-2031/board"], "scrapy crawl results_page"),
        (["url=http://127.0.0.1/", "kind=nonsense"], "there is no page kind 'nonsense'"),
        (["link=http://127.0.0.1/"], "there is no argument 'link'"),
        (["race=oak-2031"], "give a page: -a url="),
        (["url=http://127.0.0.1/", "published=yesterday"], "published='yesterday' is no hour"),
    ],
)
def test_a_wrong_argument_is_told_with_what_would_be_right(
    races: Path, arguments: list[str], words: str
) -> None:
    given = dict(argument.split("=", 1) for argument in arguments)
    with pytest.raises(ConfigError, match=re.escape(words)):
        HandDesk("article", {"races": str(races), **given})


async def test_a_wrong_argument_ends_with_an_error(races: Path) -> None:
    code, _, err = await scrapy("crawl", "article", "-a", "source=oak-2031/nobody", races=races)
    assert code != 0 and "there are: oak-2031/board" in err


async def test_a_page_that_is_not_had_says_why(site: Site) -> None:
    code, out, err = await scrapy("crawl", "article", "-a", f"url={site.url('/gone')}")
    assert (code, out) == (0, "") and "HTTP 404 Not Found" in err


async def test_the_shell_fetches_a_page(site: Site) -> None:
    site.pages["/page"] = "Counting goes on."
    code, out, err = await scrapy("shell", site.url(), "-c", "response.text")
    assert (code, out.strip()) == (0, "Counting goes on."), err
