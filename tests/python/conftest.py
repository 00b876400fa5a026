"""Fixtures of all tests."""

import socket

import pytest
from ews import EwsClient

pytest_plugins = ["pytester"]

ALICE = "alice@contoso.com"


@pytest.fixture
def client(ews_im_realm):
    """Return a client of the mailbox alice@contoso.com."""
    return EwsClient(ews_im_realm.url, ALICE)


@pytest.fixture
def unused_url():
    """Return a URL of this machine at which no server listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{listener.getsockname()[1]}"
