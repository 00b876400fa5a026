"""The process of the service."""

from __future__ import annotations

import os
import ssl
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Optional
from urllib.parse import urlsplit

from ews_im_testing.errors import EwsImServerError, is_own_error
from ews_im_testing.forks import close_in_forks
from ews_im_testing.options import EwsImServerOptions
from ews_im_testing.program import find_program
from ews_im_testing.times import to_seconds

__tracebackhide__ = is_own_error

_STOP_TIMEOUT = 15.0


class ServiceProcess:
    """A process of the service. It stops when :meth:`stop` is called or this process ends."""

    def __init__(self, options: EwsImServerOptions) -> None:
        """Start the process and wait until it is ready.

        :raises EwsImServerError: The program was not found or cannot start.
        """
        __tracebackhide__ = True  # The arguments of the calls contain secrets.
        self._program = os.path.abspath(options.program or find_program())
        self._folder = tempfile.TemporaryDirectory(prefix="ews-im-")
        folder = Path(self._folder.name)
        self._log = folder / "service.log"
        url_file = folder / "url"
        try:
            self._process = self._start(url_file, options.all_settings(folder))
        except BaseException:
            self._folder.cleanup()
            raise
        try:
            self.url = self._wait_for_url(url_file, to_seconds(options.start_timeout))
            self.certificate: Optional[str] = None
            if self.url.startswith("https:"):
                self.certificate = str(folder / "ews-im.crt")
                self._write_certificate(self.certificate)
        except BaseException:
            self._process.kill()
            self.stop()
            raise

    def log(self) -> str:
        """Return the log of the service."""
        return self._log.read_text("utf-8", "replace")

    def stop(self) -> None:
        """Stop the process and delete its files."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(_STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._folder.cleanup()

    def _start(self, url_file: Path, settings: dict[str, str]) -> subprocess.Popen[bytes]:
        __tracebackhide__ = True
        arguments = ["serve", "--url-file", str(url_file), "--stop-with-stdin"]
        environment = {
            name: value for name, value in os.environ.items()
            if not name.upper().startswith(("EWSIM_", "ASPNETCORE_", "DOTNET_URLS"))}
        for key, value in settings.items():
            environment[f"EWSIM_{key.replace(':', '__')}"] = value
        try:
            with self._log.open("ab") as log:
                # Ctrl+C in the terminal ends the tests, which stop the process.
                process = subprocess.Popen(
                    [self._program, *arguments], stdin=subprocess.PIPE, stdout=log,
                    stderr=subprocess.STDOUT, cwd=self._folder.name, env=environment,
                    start_new_session=True,
                    creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0))
        except OSError as error:
            # The traceback of the cause would show the environment.
            raise EwsImServerError(f"The program {self._program} cannot start: {error}") from None
        close_in_forks(process.stdin)
        return process

    def _wait_for_url(self, url_file: Path, seconds: float) -> str:
        __tracebackhide__ = True
        deadline = time.monotonic() + seconds
        while not url_file.exists():
            exit_code = self._process.poll()
            if exit_code is not None:
                raise EwsImServerError(
                    f"The program {self._program} exited with code {exit_code}.\n{self.log()}"
                    .rstrip())
            if time.monotonic() >= deadline:
                raise EwsImServerError(
                    f"The server was not ready within {seconds:g} s. {self.log()}".rstrip())
            time.sleep(0.02)
        return url_file.read_text("utf-8").splitlines()[0].rstrip("/")

    def _write_certificate(self, file: str) -> None:
        address = urlsplit(self.url)
        certificate = ssl.get_server_certificate((address.hostname or "", address.port or 443))
        Path(file).write_text(certificate, "ascii")
