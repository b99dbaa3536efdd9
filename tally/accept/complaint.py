"""What can be wrong with a reading, and how long each kind of doubt lasts."""

from dataclasses import dataclass

from tally.standing import Doubt


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why a reading is not believed at once: the kind of doubt, and the reason with its figures."""

    doubt: Doubt
    why: str


@dataclass(frozen=True, slots=True)
class Patience:
    """What confirms a doubted reading.

    ``polls`` and ``seconds``: the same numbers in so many polls over so long a
    time (``polls`` 0: never). ``moves``: a later, different reading that goes
    on from it confirms it once it is ``moves`` seconds old (None: never).
    ``stands``: it has stood so many seconds without contradiction (None:
    never), for pages that answer "not modified". ``others``: another origin
    with the same numbers confirms it. ``told``: the operator hears of it.
    """

    polls: int = 0
    seconds: float = 0.0
    moves: float | None = None
    stands: float | None = None
    others: bool = False
    told: bool = True


_NEVER = Patience()

# Each with the night that taught it.
PATIENCE: dict[Doubt, Patience] = {
    # A feed that corrects itself: the next poll that still says so is enough.
    Doubt.FALL: Patience(polls=2, moves=0.0, stands=180.0, others=True, told=False),
    # A fall that turns the lead: the next poll has to say so, time alone does not.
    Doubt.REVERSAL: Patience(polls=2, moves=0.0, others=True, told=False),
    # A cache behind a load balancer: Los Angeles County 2022 showed old totals now and then.
    Doubt.STALE_CACHE: Patience(polls=3, seconds=600.0, moves=0.0, told=False),
    # The same numbers at other names: a list that was sorted anew and read by its places.
    Doubt.SWAPPED: Patience(polls=3, seconds=1200.0, moves=1200.0, others=True),
    # A system that loads its results anew shows a tenth of them for some minutes.
    Doubt.COLLAPSE: Patience(polls=3, seconds=600.0, moves=1200.0, others=True),
    # A batch for one candidate alone: mostly a typing error (Shiawassee 2020), at times one box.
    Doubt.ONE_SIDED: Patience(polls=3, seconds=600.0, moves=0.0, others=True),
    # British Columbia 2024 published its test feed over the results for five minutes.
    Doubt.JUMP: Patience(moves=600.0, others=True),
    # A list without one of its first two is a broken page; it has to stay so for long.
    Doubt.VANISHED: Patience(polls=3, seconds=1200.0, moves=1200.0, others=True),
    # Shares alone that leave much untold, as a first reading: wait for the next.
    Doubt.INCOMPLETE: Patience(polls=3, seconds=600.0, moves=0.0),
    Doubt.SHARES: _NEVER,
    Doubt.ZEROS: _NEVER,
    Doubt.TOO_MANY_VOTES: _NEVER,
    Doubt.DUPLICATE: _NEVER,
    Doubt.TEST_DATA: _NEVER,
    Doubt.BEFORE_POLLS_CLOSE: _NEVER,
    Doubt.EMBARGO: _NEVER,
}
