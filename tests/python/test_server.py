"""Servers: start, stop, options, realms."""

import gc
import http.server
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from ews import EwsClient

from ews_im_testing import (
    EwsImServer, EwsImServerError, EwsImServerOptions, SeedMailbox, find_program, readiness)

ALICE = "alice@contoso.com"


def is_running(url):
    """Return whether a server responds."""
    try:
        EwsImServer.attach(url).realms()
        return True
    except EwsImServerError:
        return False


def test_server_stops_at_the_end_of_the_block():
    with EwsImServer.start() as exchange:
        url = exchange.url
        assert url.startswith("http://127.0.0.1:") and url.endswith("/EWS/Exchange.asmx")
        assert "NoError" in EwsClient(url).add_im_group("Team")
        exchange.journal.assert_received("AddImGroup", times=1)
        assert "AddImGroup" in exchange.log()

    assert not is_running(url)
    exchange.close()


def test_options_configure_the_server(tmp_path):
    options = EwsImServerOptions(
        mailboxes=[SeedMailbox(ALICE).with_group("Team")],
        settings={"Limits:MaxGroups": 1, "mailboxes:autocreate": False,
                  "Mailboxes:Declared:0": ALICE, "Control:Token": "secret"},
        database_path=tmp_path / "test.db", id_seed=1)

    with EwsImServer.start(options) as exchange, exchange.create_realm() as realm:
        ids = [one.find_mailbox(ALICE).get_group("Team")["id"] for one in (exchange, realm)]
        text = EwsClient(realm.url).add_im_group("Friends")
        unknown = EwsClient(realm.url, "bob@contoso.com").add_im_group("Friends")

    assert ids[0] != ids[1]
    assert "ErrorImGroupLimitReached" in text
    assert "ErrorNonExistentMailbox" in unknown
    assert (tmp_path / "test.db").exists()
    with EwsImServer.start(EwsImServerOptions(
            mailboxes=[SeedMailbox(ALICE).with_group("Team")], id_seed=1)) as exchange:
        assert exchange.find_mailbox(ALICE).get_group("Team")["id"] == ids[0]


def test_environment_and_working_directory_are_not_read(tmp_path, monkeypatch):
    (tmp_path / "appsettings.json").write_text('{ "Limits": { "MaxGroups": 0 } }', "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EWSIM_Limits__MaxGroups", "0")

    with EwsImServer.start() as exchange:
        assert "NoError" in EwsClient(exchange.url).add_im_group("Team")


def test_relative_paths_begin_at_the_working_directory(tmp_path, monkeypatch):
    seed = {"mailboxes": [SeedMailbox(ALICE).content]}
    (tmp_path / "seed.json").write_text(json.dumps(seed), "utf-8")
    monkeypatch.chdir(tmp_path)
    options = EwsImServerOptions(settings={"Seed:Path": "seed.json", "storage:path": "test.db"})

    with EwsImServer.start(options) as exchange:
        assert exchange.find_mailbox(ALICE)

    assert (tmp_path / "test.db").exists()


def test_certificate_of_a_relative_path_is_used(tmp_path, monkeypatch):
    with EwsImServer.start(EwsImServerOptions(
            use_https=True, settings={"Https:CertificatePath": ":memory:"})) as exchange:
        certificate = Path(exchange.certificate).read_bytes()
    (tmp_path / "server.pem").write_bytes(certificate)
    monkeypatch.chdir(tmp_path)

    with pytest.raises(EwsImServerError) as error:
        EwsImServer.start(EwsImServerOptions(
            use_https=True, settings={"Https:CertificatePath": "server.pem"}))

    assert str(tmp_path / "server.pem") in str(error.value)
    assert "private key" in str(error.value)


def test_tls_uses_a_certificate_of_the_server():
    with EwsImServer.start(EwsImServerOptions(use_https=True)) as exchange:
        assert exchange.url.startswith("https://127.0.0.1:")
        assert exchange.realms() == [exchange]
        attached = EwsImServer.attach(exchange.url, certificate=exchange.certificate)
        assert attached.realms() == [attached]
        with pytest.raises(EwsImServerError, match="CERTIFICATE_VERIFY_FAILED"):
            EwsImServer.attach(exchange.url).realms()


def test_invalid_settings_are_reported():
    with pytest.raises(EwsImServerError) as error:
        EwsImServer.start(EwsImServerOptions(settings={"Limits:MaxGroups": "many"}))

    assert "exited with code 2" in str(error.value)
    assert "Limits:MaxGroups" in str(error.value)
    assert "'many'" in str(error.value)


def test_secrets_are_not_in_the_representation_of_options():
    assert "secret" not in repr(EwsImServerOptions(settings={"Control:Token": "secret"}))


@pytest.mark.parametrize("token", ["secret\n", " secret", "se\u00e4cret", "sec\tret"])
def test_invalid_token_is_rejected_without_the_value(token, unused_url):
    with pytest.raises(ValueError, match="The token must consist of") as error:
        EwsImServer.attach(unused_url, token)

    assert token.strip() not in str(error.value)
    with pytest.raises(ValueError, match="The token must consist of"):
        EwsImServer.start(EwsImServerOptions(settings={"Control:Token": token}))


@pytest.mark.skipif(os.name == "nt", reason="The program is a shell script.")
def test_server_that_is_not_ready_in_time_is_stopped(tmp_path):
    program = tmp_path / "program"
    program.write_text(
        f"#!/bin/sh\necho $$ > {tmp_path}/id\necho The reason\nexec sleep 600\n", "utf-8")
    program.chmod(0o755)

    with pytest.raises(EwsImServerError, match="(?s)not ready within 3 s. .*The reason"):
        EwsImServer.start(EwsImServerOptions(program=program, start_timeout=timedelta(seconds=3)))

    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "id").read_text("utf-8")), 0)


@pytest.mark.skipif(os.name == "nt", reason="The program is a shell script.")
@pytest.mark.filterwarnings("error")
def test_failed_start_leaves_nothing(tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\necho https://127.0.0.1:1/ > $3\nexec sleep 600\n", "utf-8")
    program.chmod(0o755)

    with pytest.raises(OSError):
        EwsImServer.start(EwsImServerOptions(program=program))
    with pytest.raises(EwsImServerError):
        EwsImServer.start(EwsImServerOptions(program=tmp_path / "missing"))
    monkeypatch.delenv("EWS_IM_PROGRAM")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(EwsImServerError):
        EwsImServer.start()

    gc.collect()
    assert list(folder.iterdir()) == []


def test_program_that_cannot_start_is_reported(tmp_path):
    with pytest.raises(EwsImServerError, match="cannot start"):
        EwsImServer.start(EwsImServerOptions(program=tmp_path / "missing"))


def test_program_is_found(tmp_path, monkeypatch):
    monkeypatch.setenv("EWS_IM_PROGRAM", "/named/program")
    assert find_program() == "/named/program"

    monkeypatch.delenv("EWS_IM_PROGRAM")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EwsImServerError, match="pip install ews-im"):
        find_program()

    command = tmp_path / ("ews-im.exe" if os.name == "nt" else "ews-im")
    command.write_text("", "utf-8")
    command.chmod(0o755)
    assert find_program() == str(command)

    package = tmp_path / "packages" / "ews_im"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("def program():\n    return '/packaged/program'\n")
    monkeypatch.syspath_prepend(str(package.parent))
    assert find_program() == "/packaged/program"
    del sys.modules["ews_im"]


def test_relative_path_of_the_program_begins_at_the_working_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EWS_IM_PROGRAM", os.path.relpath(find_program()))
    EwsImServer.start().close()

    monkeypatch.delenv("EWS_IM_PROGRAM")
    command = tmp_path / ("ews-im.exe" if os.name == "nt" else "ews-im")
    command.write_text("", "utf-8")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", os.curdir)
    assert find_program() == str(command)


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is not available.")
def test_server_stops_when_the_test_process_is_killed():
    script = (
        "import time; from ews_im_testing import EwsImServer; "
        "print(EwsImServer.start().url, flush=True); time.sleep(600)")
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        url = process.stdout.readline().decode().strip()
        assert is_running(url)
        process.send_signal(signal.SIGKILL)

    deadline = time.monotonic() + 60
    while is_running(url):
        assert time.monotonic() < deadline, "The server is still running."


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork is not available.")
def test_server_stops_although_a_fork_of_the_test_process_is_running():
    script = (
        "import os, time; from ews_im_testing import EwsImServer; "
        "exchange = EwsImServer.start(); child = os.fork(); "
        "child and print(child, exchange.url, flush=True); time.sleep(600)")
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        child, url = process.stdout.readline().decode().split()
        try:
            assert is_running(url)
            process.send_signal(signal.SIGKILL)
            deadline = time.monotonic() + 60
            while is_running(url):
                assert time.monotonic() < deadline, "The server is still running."
            os.kill(int(child), 0)
        finally:
            process.kill()
            os.kill(int(child), signal.SIGKILL)


def test_realms_are_isolated(ews_im):
    with ews_im.create_realm("first") as first, ews_im.create_realm("second") as second:
        first.seed(SeedMailbox(ALICE))
        assert second.find_mailbox(ALICE) is None
        assert {"", first.name, second.name} <= {realm.name for realm in ews_im.realms()}
        assert first.root_url == f"{ews_im.root_url}/realms/{first.name}"
        assert first.url == f"{first.root_url}/EWS/Exchange.asmx"
        first.delete()

    assert not {first.name, second.name} & {realm.name for realm in ews_im.realms()}
    with pytest.raises(EwsImServerError, match="does not exist"):
        first.find_mailbox(ALICE)


def test_named_realm_is_created_once_and_deleted(ews_im):
    ews_im.get_realm("named").seed(SeedMailbox(ALICE))

    assert ews_im.get_realm("named").find_mailbox(ALICE)
    ews_im.delete_realm("named")
    with pytest.raises(EwsImServerError, match="'named' does not exist"):
        ews_im.delete_realm("named")


@pytest.mark.parametrize(("name", "beginning"), [
    ("test_a[b/c]d", "test_a_b_c_d"), ("_x", "x"), ("ä", "realm"), ("a" * 99, "a" * 55)])
def test_name_of_a_temporary_realm_is_valid_and_unique(ews_im, name, beginning):
    with ews_im.create_realm(name) as first, ews_im.create_realm(name) as second:
        assert first.name.rpartition("-")[0] == second.name.rpartition("-")[0] == beginning
        assert first.name != second.name


@pytest.mark.parametrize("name", ["", "-a", "a/b", "a" * 65, "a\n"])
def test_invalid_realm_name_is_rejected(ews_im, name):
    with pytest.raises(ValueError, match="is not a valid realm name"):
        ews_im.get_realm(name)


def test_all_realms_are_reset():
    with EwsImServer.start() as exchange, exchange.create_realm() as realm:
        exchange.seed(SeedMailbox(ALICE))
        realm.seed(SeedMailbox(ALICE))

        exchange.reset_all_realms()

        assert (exchange.mailboxes(), realm.mailboxes()) == ([], [])


def test_environment_names_the_server_to_attach_to(monkeypatch):
    options = EwsImServerOptions(use_https=True, settings={"Control:Token": "secret"})
    monkeypatch.delenv("EWS_IM_URL", raising=False)
    with pytest.raises(ValueError, match="set EWS_IM_URL"):
        EwsImServer.attach()

    with EwsImServer.start(options) as exchange:
        monkeypatch.setenv("EWS_IM_URL", exchange.url)
        monkeypatch.setenv("EWS_IM_TOKEN", "secret")
        monkeypatch.setenv("EWS_IM_CERTIFICATE", exchange.certificate)
        attached = EwsImServer.attach()
        assert attached.realms() == [attached]
        with pytest.raises(EwsImServerError, match="Control:Token"):
            EwsImServer.attach(token="other").realms()
        assert EwsImServer.attach(exchange.url).certificate == exchange.certificate


def test_missing_certificate_is_reported(tmp_path):
    missing = tmp_path / "missing.crt"

    with pytest.raises(EwsImServerError, match="missing.crt' cannot be read"):
        EwsImServer.attach("https://localhost", certificate=missing)


@pytest.mark.parametrize(("url", "message"), [
    ("localhost:5080", "is not an http or https URL"),
    ("http://localhost:5080/realms/a/EWS/Exchange.asmx", "is the URL of a realm")])
def test_invalid_url_is_rejected(url, message):
    with pytest.raises(ValueError, match=message):
        EwsImServer.attach(url)


def test_attached_server_uses_the_token_and_keeps_running():
    options = EwsImServerOptions(settings={"Control:Token": "secret"})
    with EwsImServer.start(options) as exchange:
        with EwsImServer.attach(exchange.url, token="secret") as attached:
            assert attached.realms() == [attached]
            assert attached.log() == ""
        with pytest.raises(EwsImServerError, match="Control:Token"):
            EwsImServer.attach(exchange.url).realms()
        assert exchange.realms() == [exchange]


def test_wait_ends_when_the_server_is_ready(ews_im, unused_url):
    EwsImServer.attach(ews_im.url).wait_until_ready()
    EwsImServer.attach(ews_im.url).wait_until_ready(timedelta(seconds=30))

    with pytest.raises(EwsImServerError, match="not ready within 0.1 s. No server responds at "):
        EwsImServer.attach(unused_url).wait_until_ready(0.1)


def test_server_that_does_not_respond_is_reported(unused_url):
    with pytest.raises(EwsImServerError, match=f"No server responds at {unused_url}: "):
        EwsImServer.attach(unused_url).realms()


class OtherServer(http.server.BaseHTTPRequestHandler):
    """Responds to each request with a page."""

    def do_GET(self):
        """Send the page."""
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<html/>")

    def log_message(self, *arguments):
        """Write no log."""


def test_other_servers_are_reported(monkeypatch):
    monkeypatch.setattr(readiness, "_POLL_SECONDS", 30)
    with http.server.HTTPServer(("127.0.0.1", 0), OtherServer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        other = EwsImServer.attach(f"http://127.0.0.1:{server.server_port}")
        try:
            with pytest.raises(EwsImServerError, match="is not an Ews.ImService server"):
                other.find_mailbox(ALICE)
            with pytest.raises(EwsImServerError, match="status 200, and may be another service"):
                other.wait_until_ready(0)
        finally:
            server.shutdown()


@pytest.mark.parametrize("status", [200, 400])
def test_incomplete_responses_are_reported(status):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        def respond():
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(
                    f"HTTP/1.1 {status} Status\r\nContent-Length: 1000\r\n\r\n{{".encode())

        thread = threading.Thread(target=respond, daemon=True)
        thread.start()
        exchange = EwsImServer.attach(f"http://127.0.0.1:{listener.getsockname()[1]}")
        with pytest.raises(EwsImServerError, match="No server responds at .*IncompleteRead"):
            exchange.realms()
        thread.join()


def test_disabled_control_api_is_reported():
    options = EwsImServerOptions(settings={"Control:Enabled": False})
    with EwsImServer.start(options) as exchange:
        with pytest.raises(EwsImServerError, match="or its control API is disabled"):
            exchange.realms()
