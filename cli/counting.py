"""How many there are of something, in words for a person."""


def many(number: int, one: str) -> str:
    """``1 race``, ``2 races``, ``1,200 races``."""
    return f"{number:,} {one}" + ("" if number == 1 else "s")
