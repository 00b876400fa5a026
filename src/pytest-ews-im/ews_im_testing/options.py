"""The options of a server."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Mapping, Optional, Sequence, Union

from ews_im_testing.mailbox import SeedMailbox
from ews_im_testing.times import Duration

Setting = Union[str, int, float, bool]

_IN_MEMORY = ":memory:"


@dataclass(frozen=True)
class EwsImServerOptions:
    """Options of :meth:`EwsImServer.start`."""

    # The mailboxes that each realm contains in its initial state.
    mailboxes: Sequence[SeedMailbox] = ()

    # Settings of the service by key, such as Limits:MaxGroups. They take precedence over the other
    # options. Relative paths begin at the working directory. The server reads neither
    # appsettings.json nor the environment.
    settings: Mapping[str, Setting] = field(default_factory=dict, repr=False)

    # The port on the loopback address 127.0.0.1; 0 selects a free port.
    port: int = 0

    # True to use TLS with a certificate that the server creates; see EwsImServer.certificate.
    use_https: bool = False

    # The SQLite file; None keeps mailboxes in memory.
    database_path: Optional[Union[str, os.PathLike[str]]] = None

    # The number from which ids are derived, so that each run creates the same ids; None for random
    # ids.
    id_seed: Optional[int] = None

    # The path of the program; None to look for it as find_program does.
    program: Optional[Union[str, os.PathLike[str]]] = None

    # The maximum time until the server is ready, as a timedelta or in seconds.
    start_timeout: Duration = 30.0

    def all_settings(self, folder: Path) -> dict[str, str]:
        """Return the settings of the service.

        :param folder: A folder for the files that the settings name.
        """
        settings: dict[str, Setting] = {
            "Urls": f"http{'s' if self.use_https else ''}://127.0.0.1:{self.port}",
            "Storage:Path": _IN_MEMORY,
        }
        if self.database_path is not None:
            settings["Storage:Path"] = os.fspath(self.database_path)
        if self.use_https:
            settings["Https:CertificatePath"] = _IN_MEMORY
        if self.id_seed is not None:
            settings["Realms:IdSeed"] = self.id_seed
        if self.mailboxes:
            seed = folder / "seed.json"
            mailboxes = [mailbox.content for mailbox in self.mailboxes]
            seed.write_text(json.dumps({"mailboxes": mailboxes}), "utf-8")
            settings["Seed:Path"] = str(seed)
        given = {key.lower() for key in self.settings}
        settings = {key: value for key, value in settings.items() if key.lower() not in given}
        return {key: _text(key, value) for key, value in {**settings, **self.settings}.items()}

    def token(self) -> Optional[str]:
        """Return the value of the setting ``Control:Token``, if it is set."""
        tokens = (
            _text(key, value) for key, value in self.settings.items()
            if key.lower() == "control:token")
        return next(tokens, None)


def _text(key: str, value: Setting) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if key.lower().endswith("path") and value != _IN_MEMORY:
        return os.path.abspath(str(value))
    return str(value)
