"""The examples of docs/python.md and of the readme of the package.

An example whose first line is the name of a file is written to this file. Every other example is
the body of a test.
"""

import re
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "python.md"
README = ROOT / "src" / "pytest-ews-im" / "README.md"

PRELUDE = '''
import json, ssl, threading, urllib.request
from datetime import datetime, timedelta, timezone
from pathlib import Path
from ews import EwsClient
from ews_im_testing import EwsImServer, EwsImServerOptions, Fault, SeedMailbox


def test_example(ews_im, ews_im_realm, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    add_im_group = EwsClient(ews_im_realm.url).add_im_group
'''

CLIENT = '''
import time
from ews import EwsClient


class ImClient(EwsClient):
    """Adds a group, and waits if the server is busy."""

    def add_im_group(self, name):
        while "ErrorServerBusy" in super().add_im_group(name):
            time.sleep(2)
'''


# The examples leave no resource open, and no thread has an exception.
STRICT = ("-W", "error::ResourceWarning", "-W", "error::pytest.PytestWarning")


def examples_of(page):
    """Return the examples of a page."""
    return re.findall(r"^```python\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def file_of(example):
    """Return the name of the file of an example, or None."""
    match = re.match(r"# (\S+\.py)\n", example)
    return match and match[1]


FILES = {file_of(example): example for example in examples_of(PAGE) if file_of(example)}
FRAGMENTS = [example for example in examples_of(PAGE) if not file_of(example)]


@pytest.fixture
def folder(pytester, monkeypatch):
    """Return an empty folder, with the client of the tests on the path."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=":")
    return pytester.path


def test_files_pass(pytester, folder):
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (folder / "options" / "test_options.py").write_text(textwrap.dedent("""
        def test_server_has_the_options(ews_im_realm):
            assert ews_im_realm.find_mailbox("alice@contoso.com").get_members("Team")
        """), "utf-8")

    result = pytester.runpytest_subprocess(
        "conftest.py", "test_contacts.py", "test_groups.py", *STRICT)
    options = pytester.runpytest_subprocess("options")

    result.assert_outcomes(passed=sum(text.count("def test_") for text in FILES.values()))
    options.assert_outcomes(passed=1)


def test_fragments_pass(pytester, folder):
    for number, example in enumerate(FRAGMENTS):
        text = PRELUDE + textwrap.indent(example, "    ")
        (folder / f"test_example_{number}.py").write_text(text, "utf-8")

    pytester.runpytest_subprocess(*STRICT).assert_outcomes(passed=len(FRAGMENTS))


def test_readme_passes(pytester, folder):
    [example] = examples_of(README)
    (folder / "my_client.py").write_text(CLIENT, "utf-8")
    (folder / "test_readme.py").write_text(example, "utf-8")

    pytester.runpytest_subprocess(*STRICT).assert_outcomes(passed=1)


def test_unittest_runs_the_example(pytester, folder):
    (folder / "test_groups.py").write_text(FILES["test_groups.py"], "utf-8")

    result = pytester.runpython(folder / "test_groups.py")

    result.stderr.fnmatch_lines(["Ran 1 test in *", "OK"])


def test_message_of_the_page_is_that_of_the_package(ews_im_realm, client):
    client.add_im_group("Friends")

    with pytest.raises(AssertionError) as error:
        ews_im_realm.journal.assert_received("AddImGroup", contains="Team")

    assert textwrap.indent(str(error.value), "    ") in PAGE.read_text("utf-8")
