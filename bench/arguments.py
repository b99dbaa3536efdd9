"""What the service, and whatever is compared with it, is told on its command line."""

import argparse


def arguments() -> argparse.Namespace:
    """Where the newsroom and Telegram are, and what to watch."""
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("--telegram", required=True)
    parser.add_argument("--token", required=True)
    parser.add_argument("--chats", required=True)
    parser.add_argument("--races", type=int, default=40)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--hanging", type=int, default=0)
    parser.add_argument("--cadence", type=float, default=5.0)
    return parser.parse_args()
