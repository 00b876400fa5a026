"""Names of realms."""

import re
import uuid

_MAX_LENGTH = 64
_SUFFIX_LENGTH = 8


def verify_realm_name(name: str) -> str:
    """Return the name of a realm if it is valid.

    :raises ValueError: The name is not a valid realm name.
    """
    if re.fullmatch(rf"[A-Za-z0-9][A-Za-z0-9._-]{{0,{_MAX_LENGTH - 1}}}", name):
        return name
    raise ValueError(
        f"'{name}' is not a valid realm name. It must have 1 to {_MAX_LENGTH} letters, digits, "
        "'.', '-' and '_', and begin with a letter or a digit.")


def create_realm_name(beginning: str) -> str:
    """Return a new name. Characters that a realm name cannot have are replaced."""
    valid = re.sub(r"[^A-Za-z0-9._-]+", "_", beginning).lstrip("._-") or "realm"
    return f"{valid[:_MAX_LENGTH - _SUFFIX_LENGTH - 1]}-{uuid.uuid4().hex[:_SUFFIX_LENGTH]}"
