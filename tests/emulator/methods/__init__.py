"""The methods of the Bot API, by name; each module registers its own."""

import importlib
import pkgutil
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from tests.emulator.params import Params

if TYPE_CHECKING:
    from tests.emulator.emulator import Emulator

Method = Callable[["Emulator", Params], Awaitable[Any]]

METHODS: dict[str, Method] = {}


def method(name: str) -> Callable[[Method], Method]:
    """Registers a method; the server knows its name in any case."""

    def register(function: Method) -> Method:
        METHODS[name.lower()] = function
        return function

    return register


for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")
