"""Values that are one string or several."""

from __future__ import annotations

from typing import Mapping, Sequence, Union

# Strings by name: one string, or a sequence of several.
Texts = Mapping[str, Union[str, Sequence[str]]]


def to_texts(values: Texts) -> dict[str, Union[str, list[str], None]]:
    """Return the values as the control API expects them."""
    return {
        name: value if isinstance(value, str) else list(value) for name, value in values.items()}
