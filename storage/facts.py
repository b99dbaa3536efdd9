"""The few facts that hold for the whole house and outlive the process, by name."""

from storage.room import Room

PAUSED = "paused"


class Facts(Room):
    """Facts by name."""

    @property
    def paused(self) -> bool:
        """Whether an operator has stopped everything that goes out, but to operators."""
        return self.db.row("select 1 from facts where name = ?", (PAUSED,)) is not None

    def pause(self, *, paused: bool) -> None:
        """Stop what goes out, or let it go on. What has become too old meanwhile is not sent any more."""
        with self.db.writing():
            if paused:
                self.db.run(
                    "insert into facts (name, value) values (?, ?) on conflict (name) do nothing",
                    (PAUSED, self._now()),
                )
            else:
                self.db.run("delete from facts where name = ?", (PAUSED,))
        self.ring()
