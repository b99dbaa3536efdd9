"""A rehearsal keeps to itself, whatever the settings of the night name."""

from cli.indoors import indoors

_NIGHT = {
    "TELEGRAM_TOKEN": "123:abc",
    "TALLYWIRE_CHANNELS": "@results=all",
    "TALLYWIRE_WEBHOOK_URL_FILE": "/run/secrets/hook",
    "TALLYWIRE_WEBHOOK_URL": "https://desk.example/hook",
    "TALLYWIRE_FEED": "/srv/alerts.xml",
    "TALLYWIRE_OPERATORS": "1",
    "TALLYWIRE_LOG": "json",
    "TALLYWIRE_CONFIG": "/etc/tallywire/tallywire.toml",
}


def test_nobody_outside_hears_of_a_rehearsal_with_the_settings_of_the_night() -> None:
    kept, left_out = indoors(_NIGHT)
    assert kept == {"TALLYWIRE_LOG": "json"}
    assert left_out == [
        "TALLYWIRE_CHANNELS",
        "TALLYWIRE_WEBHOOK_URL",
        "TALLYWIRE_FEED",
        "TELEGRAM_TOKEN",
        "TALLYWIRE_OPERATORS",
    ]


def test_a_telegram_of_ones_own_plays_along() -> None:
    kept, left_out = indoors({**_NIGHT, "TELEGRAM_API_URL": "http://127.0.0.1:8081"})
    assert kept["TELEGRAM_TOKEN"] == "123:abc"
    assert kept["TALLYWIRE_OPERATORS"] == "1"
    assert "TALLYWIRE_CHANNELS" in left_out
