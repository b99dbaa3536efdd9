"""One tree of errors for the whole house.

::

    TallywireError
    ├── ConfigError        a race file or a setting is wrong (exit code 2)
    ├── StorageError       the database can't be used
    │   ├── InUse          another process has it
    │   └── Damaged        its file is damaged
    ├── FetchError         a page could not be had
    ├── DeliveryError      an alert could not be handed over
    └── SeriesError        a recorded night or series can't be read

What is expected on a night (a page that did not change, a page that can't be
read) is no error but an outcome, with a type of its own.
"""


class TallywireError(Exception):
    """The root: everything the program itself raises."""


class ConfigError(TallywireError):
    """A race file, a setting or an argument is wrong; the message says where and what is right."""


class StorageError(TallywireError):
    """The database can't be used."""


class InUse(StorageError):
    """Another process works on the same database."""


class Damaged(StorageError):
    """The database's file is damaged; the message says which backup can take its place."""


class FetchError(TallywireError):
    """A page could not be had."""


class DeliveryError(TallywireError):
    """An alert could not be handed to its channel."""


class SeriesError(TallywireError):
    """A recorded night or series can't be read."""
