"""Frozen dataclasses that are as quick to make as plain ones.

``frozen=True`` writes every field through ``object.__setattr__``, which makes a
reading four times as dear as it need be, and a night makes millions. With
``@swift`` the type checker still forbids changing a field, everywhere in the
house; at run time the field is simply set.
"""

from dataclasses import MISSING, fields
from typing import Any, TypeVar

T = TypeVar("T")


def swift(cls: type[T]) -> type[T]:
    """Give a frozen dataclass a plain ``__init__``. Fields keep their order, defaults and names."""
    scope: dict[str, Any] = {}
    parameters, lines = ["self"], []
    for field in fields(cls):  # type: ignore[arg-type]
        name = field.name
        parameters.append(name)
        lines.append(f"    self.{name} = {name}")
        if field.default is not MISSING:
            scope[f"default_{name}"] = field.default
            parameters[-1] = f"{name}=default_{name}"
        elif field.default_factory is not MISSING:
            scope[f"make_{name}"], scope["missing"] = field.default_factory, MISSING
            parameters[-1] = f"{name}=missing"
            lines[-1] = f"    self.{name} = make_{name}() if {name} is missing else {name}"
    # The text is made of the class's own field names, as dataclasses itself does it.
    exec(f"def __init__({', '.join(parameters)}):\n" + "\n".join(lines), scope)  # noqa: S102
    scope["__init__"].__annotations__ = dict(cls.__init__.__annotations__)
    type.__setattr__(cls, "__init__", scope["__init__"])
    type.__delattr__(cls, "__setattr__")
    type.__delattr__(cls, "__delattr__")
    return cls
