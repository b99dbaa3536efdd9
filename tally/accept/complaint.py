"""What can be wrong with a reading, and how long each kind of doubt lasts."""

from dataclasses import dataclass

from tally.standing import Doubt


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why a reading is not believed at once: the kind of doubt, and the reason with its figures.

    ``aside``: what fell has nothing to do with those who lead.
    """

    doubt: Doubt
    why: str
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Patience:
    """What confirms a doubted reading.

    ``polls`` and ``seconds``: the same numbers in so many polls over so long a
    time (``polls`` 0: never). ``moves``: a later, different reading that goes
    on from it confirms it once it is ``moves`` seconds old (None: never).
    ``stands``: it has stood so many seconds without contradiction (None:
    never), for pages that answer "not modified". ``others``: another origin
    with the same numbers confirms it. ``told``: the operator hears of it.
    ``why`` is the reason, with the night that taught it.
    """

    why: str
    polls: int = 0
    seconds: float = 0.0
    moves: float | None = None
    stands: float | None = None
    others: bool = False
    told: bool = True


PATIENCE: dict[Doubt, Patience] = {
    Doubt.FALL: Patience(
        "Votes went down. A feed that corrects itself says the same in the next poll.",
        polls=2,
        moves=0.0,
        stands=180.0,
        others=True,
        told=False,
    ),
    Doubt.REVERSAL: Patience(
        "Votes went down and the lead with them. The next poll has to say so, time alone does not.",
        polls=2,
        moves=0.0,
        others=True,
        told=False,
    ),
    Doubt.LEAP: Patience(
        "Shares alone that turned the lead by more than what is newly counted makes likely: two columns that "
        "changed places, or an old state with a new stamp.",
        polls=2,
        moves=0.0,
        stands=1200.0,
        others=True,
        told=False,
    ),
    Doubt.STALE_CACHE: Patience(
        "An older or lower state: a cache behind a load balancer (Los Angeles County 2022, now and then).",
        polls=3,
        seconds=600.0,
        moves=0.0,
        told=False,
    ),
    Doubt.SWAPPED: Patience(
        "The same numbers at other names: a list that was sorted anew and read by its places.",
        polls=3,
        seconds=1200.0,
        moves=1200.0,
        others=True,
    ),
    Doubt.COLLAPSE: Patience(
        "All totals fell to less than half: a system that loads its results anew shows a part of them.",
        polls=3,
        seconds=600.0,
        moves=1200.0,
        others=True,
    ),
    Doubt.ONE_SIDED: Patience(
        "A large batch for one candidate alone: mostly a typing error (Shiawassee 2020), at times one box.",
        polls=3,
        seconds=600.0,
        moves=0.0,
        others=True,
    ),
    Doubt.JUMP: Patience(
        "Numbers that moved further than what was newly counted can move them: British Columbia 2024 "
        "published its test feed over the results for five minutes.",
        moves=600.0,
        others=True,
    ),
    Doubt.VANISHED: Patience(
        "A list without one of its first two is a broken page; it has to stay so for long.",
        polls=3,
        seconds=1200.0,
        moves=1200.0,
        others=True,
    ),
    Doubt.INCOMPLETE: Patience(
        "A first reading of shares alone that leave a tenth untold, or are much the same for everybody: "
        "a feed under trial (British Columbia 2024).",
        polls=3,
        seconds=600.0,
        moves=600.0,
    ),
    Doubt.SHARES: Patience("Shares that add to more than 100, or lie outside 0 to 100."),
    Doubt.ZEROS: Patience("All numbers are zero after there were votes: an outage, no result (Peru 2021)."),
    Doubt.TOO_MANY_VOTES: Patience("More votes than voters, or fewer than none."),
    Doubt.DUPLICATE: Patience("One candidate listed twice with different numbers."),
    Doubt.TEST_DATA: Patience(
        "The count calls itself a test, or a candidate is named like one (New York 2021)."
    ),
    Doubt.BEFORE_POLLS_CLOSE: Patience(
        "Nothing is counted before polls close; the same numbers later are no count."
    ),
    Doubt.EMBARGO: Patience(
        "It is taken in by itself when the embargo lifts (Istanbul, 23 June 2019, 19:15)."
    ),
}
