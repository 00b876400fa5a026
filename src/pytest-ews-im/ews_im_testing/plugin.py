"""The pytest plugin: the fixtures, and the journal in the reports of failed tests."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any, Generator, Iterator

import pytest

from ews_im_testing.errors import is_own_error
from ews_im_testing.journal_report import describe_journal
from ews_im_testing.options import EwsImServerOptions
from ews_im_testing.realm import EwsImRealm
from ews_im_testing.server import EwsImServer
from ews_im_testing.temporary_realm import EwsImTemporaryRealm

__tracebackhide__ = is_own_error

_REALM = pytest.StashKey[EwsImRealm]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the plugin."""
    group = parser.getgroup("ews-im", "Ews.ImService")
    group.addoption(
        "--ews-im-program", metavar="PATH", default=None,
        help="The program to start; default: EWS_IM_PROGRAM, the package ews-im, or the command "
             "ews-im.")
    group.addoption(
        "--ews-im-url", metavar="URL", default=os.environ.get("EWS_IM_URL"),
        help="The URL of a running service to use instead of starting one; default: EWS_IM_URL. "
             "EWS_IM_TOKEN is the value of its setting Control:Token.")
    group.addoption(
        "--ews-im-certificate", metavar="PATH", default=None,
        help="The file with the certificate of the running service, unless the system trusts it; "
             "default: EWS_IM_CERTIFICATE.")


def pytest_configure(config: pytest.Config) -> None:
    """Reject options that contradict each other."""
    if config.getoption("--ews-im-url") and config.getoption("--ews-im-program"):
        raise pytest.UsageError(
            "--ews-im-program names a program to start, but --ews-im-url or EWS_IM_URL names a "
            "running service. Remove one of them.")


@pytest.fixture(scope="session")
def ews_im_options() -> EwsImServerOptions:
    """Return the options of the server that the tests start. Override it to change them.

    They have no effect on a running service.
    """
    return EwsImServerOptions()


@pytest.fixture(scope="session")
def ews_im(
    request: pytest.FixtureRequest, ews_im_options: EwsImServerOptions,
) -> Iterator[EwsImServer]:
    """Return a server, which is shared by all tests of the session."""
    url = request.config.getoption("--ews-im-url")
    program = request.config.getoption("--ews-im-program")
    if url:
        certificate = request.config.getoption("--ews-im-certificate")
        server = EwsImServer.attach(url, certificate=certificate)
        server.wait_until_ready()
    else:
        server = EwsImServer.start(
            replace(ews_im_options, program=program) if program else ews_im_options)
    with server:
        yield server


@pytest.fixture
def ews_im_realm(
    request: pytest.FixtureRequest, ews_im: EwsImServer,
) -> Iterator[EwsImTemporaryRealm]:
    """Return a realm for one test. It is deleted after the test."""
    with ews_im.create_realm(request.node.name) as realm:
        request.node.stash[_REALM] = realm
        yield realm
        del request.node.stash[_REALM]


@pytest.hookimpl(hookwrapper=True)  # type: ignore[misc]
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, None]:
    """Add the journal of the realm to the report of a test that failed."""
    outcome = yield
    report = outcome.get_result()
    realm = item.stash.get(_REALM, None)
    if report.failed and realm is not None:
        report.sections.append((f"requests to {realm.url}", describe_journal(realm)))
