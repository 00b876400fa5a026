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

from ews_im_testing.errors import EwsImServerError
from ews_im_testing.options import EwsImServerOptions
from ews_im_testing.program import find_program

_START_TIMEOUT = 60.0
_STOP_TIMEOUT = 15.0


class ServiceProcess:
    """A process of the service. It stops when :meth:`stop` is called or this process ends."""

    def __init__(self, options: EwsImServerOptions) -> None:
        """Start the process and wait until it is ready.

        :raises EwsImServerError: The program was not found or cannot start.
        """
        self._folder = tempfile.TemporaryDirectory(prefix="ews-im-")
        folder = Path(self._folder.name)
        self._log = folder / "service.log"
        self._program = os.path.abspath(options.program) if options.program else find_program()
        url_file = folder / "url"
        self._process = self._start(url_file, options.all_settings(folder))
        self.url = self._wait_for_url(url_file)
        self.certificate: Optional[str] = None
        if self.url.startswith("https:"):
            self.certificate = str(folder / "ews-im.crt")
            self._write_certificate(self.certificate)

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
        arguments = ["serve", "--url-file", str(url_file), "--stop-with-stdin"]
        environment = {
            name: value for name, value in os.environ.items()
            if not name.upper().startswith("EWSIM_")}
        for key, value in settings.items():
            environment[f"EWSIM_{key.replace(':', '__')}"] = value
        try:
            with self._log.open("ab") as log:
                return subprocess.Popen(
                    [self._program, *arguments], stdin=subprocess.PIPE, stdout=log,
                    stderr=subprocess.STDOUT, cwd=self._folder.name, env=environment)
        except OSError as error:
            self._folder.cleanup()
            raise EwsImServerError(f"The program {self._program} cannot start: {error}") from error

    def _wait_for_url(self, url_file: Path) -> str:
        deadline = time.monotonic() + _START_TIMEOUT
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise self._failure(self._process.returncode)
            if url_file.exists():
                return url_file.read_text("utf-8").splitlines()[0].rstrip("/")
            time.sleep(0.02)
        log = self.log()
        self.stop()
        raise EwsImServerError(
            f"The program {self._program} is not ready after {_START_TIMEOUT:g} seconds.\n{log}")

    def _write_certificate(self, file: str) -> None:
        address = urlsplit(self.url)
        certificate = ssl.get_server_certificate((address.hostname or "", address.port or 443))
        Path(file).write_text(certificate, "ascii")

    def _failure(self, exit_code: int) -> EwsImServerError:
        log = self.log()
        self._folder.cleanup()
        return EwsImServerError(
            f"The program {self._program} exited with code {exit_code}.\n{log}".rstrip())
