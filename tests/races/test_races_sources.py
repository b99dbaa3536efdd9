"""How a source is asked: its pace, and what is wrong with it."""

from pathlib import Path

import pytest
from race_files import GOOD, Load

from races import RacesError, load_races
from tally.access import Access

CADENCE = 'cadence = "2m"'


def marked(text: str) -> int:
    """The line that is marked as wrong."""
    return next(number for number, row in enumerate(text.splitlines(), 1) if row.endswith("#!"))


def test_bounds_are_durations_like_the_cadence_and_left_open_by_default(load: Load) -> None:
    text = GOOD.replace(CADENCE, f'{CADENCE}\nfastest = "5s"\nslowest = 600')
    count, courier = load(text)["fairview-2031"].sources
    assert (count.fastest, count.slowest) == (5.0, 600.0)
    assert (courier.fastest, courier.slowest) == (None, None)


@pytest.mark.parametrize(
    ("new", "what"),
    [
        ('fastest = "3m" #!', 'fastest "3m" is longer than the cadence; at most 120 seconds'),
        ('slowest = "30s" #!', 'slowest "30s" is shorter than the cadence; at least 120 seconds'),
        ('fastest = "soon" #!', 'fastest "soon" is not a duration'),
        ("slowest = 0 #!", 'slowest "0" is out of range'),
    ],
)
def test_bounds_that_make_no_sense_are_told_with_their_line(load: Load, new: str, what: str) -> None:
    text = GOOD.replace(CADENCE, f"{CADENCE}\n{new}")
    with pytest.raises(RacesError) as caught:
        load(text)
    (problem,) = caught.value.problems
    assert what in str(problem)
    assert problem.line == marked(text)


@pytest.mark.parametrize(
    ("host", "new", "told"),
    [
        ("board.example", 'fastest = "2s" #!', True),
        ("board.example", 'fastest = "5s" #!', False),
        ("127.0.0.1", 'fastest = "2s" #!', False),
    ],
)
def test_polls_that_a_site_may_take_for_an_attack_are_a_warning(
    load: Load, host: str, new: str, told: bool
) -> None:
    text = GOOD.replace(CADENCE, f"{CADENCE}\n{new}").replace("https://board.example/", f"https://{host}/")
    warnings = [w for w in load(text).warnings if "more often" in w.what]
    assert [w.line for w in warnings] == ([marked(text)] if told else [])


ASKED = """
headers = { Authorization = "Bearer ${BOARD_TOKEN}", X-Edition = "de" }
cookies = true
proxy = "http://me:${PROXY_PASSWORD}@proxy.example:3128"
browser = true
"""
ENVIRON = {"BOARD_TOKEN": "s3cret", "PROXY_PASSWORD": "pa55word"}


def test_how_a_source_is_asked_knows_the_names_of_secrets_and_no_more(folder: Path) -> None:
    write(folder, GOOD.replace(CADENCE, CADENCE + ASKED))
    count, courier = load_races(folder, environ=ENVIRON)["fairview-2031"].sources
    assert courier.access == Access()
    assert count.access.headers == (("Authorization", "Bearer ${BOARD_TOKEN}"), ("X-Edition", "de"))
    assert (count.access.cookies, count.access.browser, count.access.pages) == (True, True, 1)
    assert count.access.proxy == "http://me:${PROXY_PASSWORD}@proxy.example:3128"
    assert "s3cret" not in repr(count) and "pa55word" not in repr(count)


def test_a_secret_that_is_not_set_is_told_with_its_line(folder: Path) -> None:
    text = GOOD.replace(
        CADENCE, CADENCE + '\n[sources.headers]\nAuthorization = "Bearer ${BOARD_TOKEN}" #!\n'
    )
    write(folder, text)
    with pytest.raises(RacesError) as caught:
        load_races(folder, environ={"BOARD_TOKEN": ""})
    (problem,) = caught.value.problems
    assert problem.what == "BOARD_TOKEN is not set in the environment"
    assert problem.line == marked(text)
    load_races(folder), "who asks nobody needs no secret"


@pytest.mark.parametrize(
    ("new", "what"),
    [
        ('headers = { Authorization = "Bearer abc" } #!', 'the secret of "Authorization" stands in the file'),
        ('headers = { X-Api-Key = "abc" } #!', 'the secret of "X-Api-Key" stands in the file'),
        ('headers = { User-Agent = "Mozilla/5.0" } #!', "the User-Agent says who asks"),
        ('headers = { Host = "other.example" } #!', 'the header "Host" is made for each request'),
        ('headers = { "Two Words" = "x" } #!', '"Two Words" is no header\'s name'),
        ('headers = { X-A = "a\\r\\nX-B: b" } #!', "holds a line break"),
        ('headers = { X-Api-Key = "$TOKEN" } #!', "not understood; write it as ${MY_TOKEN}"),
        ("headers = { X-A = 5 } #!", '"X-A" must be text in quotes, not 5'),
        ('cookies = true\nheaders = { Cookie = "a=b" } #!', "exclude each other"),
        ('cookies = "yes" #!', '"cookies" must be true or false'),
        ('proxy = "socks5://proxy.example" #!', "the proxy is no http or https address"),
        ('proxy = "proxy.example:3128" #!', "the proxy is no http or https address"),
        ('proxy = "http://me:secret@proxy.example" #!', "the proxy's password stands in the file"),
        ("pages = 3 #!", "only a live blog is read over several pages"),
        ("pages = 0 #!", "must be at least 1"),
    ],
)
def test_what_may_not_be_asked_for_is_told_with_its_line(load: Load, new: str, what: str) -> None:
    text = GOOD.replace(CADENCE, f"{CADENCE}\n{new}")
    with pytest.raises(RacesError) as caught:
        load(text)
    told = [(p.line, str(p)) for p in caught.value.problems]
    assert all(line == marked(text) for line, _ in told), told
    assert any(what in words for _, words in told), told


def test_a_proxy_may_come_from_the_environment_as_a_whole(load: Load) -> None:
    text = GOOD.replace(CADENCE, f'{CADENCE}\nproxy = "${{PROXY}}"')
    assert load(text)["fairview-2031"].sources[0].access.proxy == "${PROXY}"


def test_a_proxy_on_the_own_network_is_a_warning(load: Load) -> None:
    text = GOOD.replace(CADENCE, f'{CADENCE}\nproxy = "http://10.0.0.5:3128"')
    assert any("proxy" in w.what and "private" in w.what for w in load(text).warnings)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def write(folder: Path, text: str) -> None:
    (folder / "fairview-2031.toml").write_text(text, encoding="utf-8")
