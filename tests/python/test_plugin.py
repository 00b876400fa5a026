"""The fixtures and options of the plugin."""

import os
import signal
import time

import pytest

from ews_im_testing import EwsImServer, EwsImServerOptions

FAILING_TEST = '''
    from ews import EwsClient

    def test_fails(ews_im_realm):
        client = EwsClient(ews_im_realm.url)
        client.add_im_group("Team")
        client.add_im_group("Team")
        ews_im_realm.journal.assert_received("SetImGroup")
'''


@pytest.fixture(autouse=True)
def path_of_the_client(monkeypatch, request):
    """Add the folder of the EWS client to the path of the tests that a test runs."""
    monkeypatch.setenv("PYTHONPATH", str(request.path.parent), prepend=":")


def test_report_of_a_failed_test_contains_the_requests(pytester):
    pytester.makepyfile(FAILING_TEST)

    result = pytester.runpytest_subprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([
        "E*EwsImVerificationError: Expected at least 1 request for the operation SetImGroup, but "
        "none of the 2 requests*",
        "*- requests to http://127.0.0.1:*/realms/test_fails-*/EWS/Exchange.asmx -*",
        "#1 AddImGroup for alice@contoso.com: NoError",
        "#2 AddImGroup for alice@contoso.com: ErrorImGroupDisplayNameAlreadyExists",
        "Request #1:", "*<m:DisplayName>Team<*", "Response #1:", "*AddImGroupResponse*"])
    result.stdout.no_fnmatch_line("*journal.py:*")
    result.stdout.no_fnmatch_line("*default mailbox*")


def test_report_states_that_the_default_mailbox_was_used(pytester):
    pytester.makepyfile('''
        import urllib.request

        BODY = b"""<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
            xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"
            xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">
          <s:Header><t:RequestServerVersion Version="Exchange2013"/></s:Header>
          <s:Body><m:GetImItemList/></s:Body></s:Envelope>"""

        def test_fails(ews_im_realm):
            request = urllib.request.Request(
                ews_im_realm.url, BODY, {"Content-Type": "text/xml; charset=utf-8"})
            urllib.request.urlopen(request).close()
            urllib.request.urlopen(ews_im_realm.root_url + "/EWS/Services.wsdl").close()
            assert not "failed"
    ''')

    result = pytester.runpytest_subprocess()

    result.stdout.fnmatch_lines([
        "#1 GetImItemList for user@contoso.com: NoError", "#2 GET /EWS/Services.wsdl *",
        "No request has credentials or ExchangeImpersonation. They use the default mailbox "
        "user@contoso.com.",
        "Request #1:", "  <s:Envelope *", "Request #2:", "  (empty)", "Response #2:",
        "  (not recorded)"])


def test_report_of_a_rejected_call_has_no_internal_frames(pytester):
    pytester.makepyfile('''
        def test_fails(ews_im_realm):
            ews_im_realm.import_seed({"mailboxes": [{"smtpAddress": "alice"}]})
    ''')

    result = pytester.runpytest_subprocess()

    result.stdout.fnmatch_lines(["E*EwsImServerError: The server rejected POST seed: *"])
    for module in ("realm.py", "control.py"):
        result.stdout.no_fnmatch_line(f"*{module}:*")


def test_report_of_a_passed_test_does_not_contain_the_requests(pytester):
    pytester.makepyfile(FAILING_TEST.replace("SetImGroup", "AddImGroup"))

    result = pytester.runpytest_subprocess("-rA")

    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*requests to*")


def test_report_limits_the_requests(pytester):
    pytester.makepyfile('''
        from ews import EwsClient

        def test_fails(ews_im_realm):
            client = EwsClient(ews_im_realm.url)
            for _ in range(101):
                client.send("GetImItemList")
            client.add_im_group("x" * 5000)
            assert not "failed"
    ''')

    result = pytester.runpytest_subprocess()

    result.stdout.fnmatch_lines([
        "2 older requests are not shown.", "#3 GetImItemList *", "#102 AddImGroup *",
        "Request #100:", "Request #102:", "  (* more characters)"])


def test_report_states_that_the_server_has_stopped(pytester):
    pytester.makepyfile('''
        def test_fails(ews_im, ews_im_realm):
            ews_im.close()
            assert not "failed"
    ''')

    result = pytester.runpytest_subprocess()

    result.assert_outcomes(failed=1, errors=1)
    result.stdout.fnmatch_lines(["The journal cannot be read. No server responds at http://*"])


def test_report_states_that_the_journal_cannot_be_described(pytester):
    pytester.makepyfile('''
        def test_fails(ews_im_realm):
            del ews_im_realm.journal
            assert not "failed"

        def test_passes():
            pass
    ''')

    result = pytester.runpytest_subprocess()

    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(["The journal cannot be read. *has no attribute 'journal'*"])


@pytest.mark.skipif(os.name == "nt", reason="Process groups are not available.")
def test_interrupted_tests_use_the_server_until_they_end(pytester):
    pytester.makepyfile('''
        import pathlib, time

        def test_waits(ews_im_realm):
            try:
                pathlib.Path("started").touch()
                time.sleep(600)
            except KeyboardInterrupt:
                pathlib.Path("mailboxes").write_text(str(ews_im_realm.mailboxes()))
                raise
    ''')
    arguments = pytester._getpytestargs()
    with open(pytester.path / "output", "wb") as output:
        process = pytester.popen(
            arguments, stdout=output, stderr=output, start_new_session=True)
    while not (pytester.path / "started").exists():
        assert process.poll() is None, (pytester.path / "output").read_text("utf-8")
        time.sleep(0.02)

    os.killpg(process.pid, signal.SIGINT)
    exit_code = process.wait(60)

    text = (pytester.path / "output").read_text("utf-8")
    assert exit_code == pytest.ExitCode.INTERRUPTED, text
    assert (pytester.path / "mailboxes").read_text("utf-8") == "[]"
    assert "EwsImServerError" not in text


def test_each_test_has_its_own_realm_of_one_server(pytester):
    pytester.makepyfile('''
        import pytest
        seen = []

        @pytest.mark.parametrize("number", range(3))
        def test_realm(ews_im, ews_im_realm, number):
            seen.append((ews_im.root_url, ews_im_realm.name))
            assert ews_im_realm.name.startswith(f"test_realm_{number}_-")
            assert len({server for server, _ in seen}) == 1
            assert len({name for _, name in seen}) == number + 1
            assert [realm.name for realm in ews_im.realms()] == ["", ews_im_realm.name]
    ''')

    pytester.runpytest_subprocess().assert_outcomes(passed=3)


def test_workers_of_xdist_have_servers_or_share_one(pytester, monkeypatch):
    pytester.makepyfile('''
        import os, pathlib, pytest

        @pytest.mark.parametrize("number", range(8))
        def test_worker(ews_im, ews_im_realm, number):
            assert ews_im_realm.mailboxes() == []
            worker = os.environ["PYTEST_XDIST_WORKER"]
            pathlib.Path(os.environ["SEEN"], worker).write_text(ews_im.root_url)
    ''')

    def servers():
        seen = pytester.mkdir("seen")
        monkeypatch.setenv("SEEN", str(seen))
        pytester.runpytest_subprocess("-n", "2", "--dist", "each").assert_outcomes(passed=16)
        urls = [file.read_text() for file in seen.iterdir()]
        for file in seen.iterdir():
            file.unlink()
        seen.rmdir()
        return len(urls), len(set(urls))

    assert servers() == (2, 2)
    with EwsImServer.start() as exchange:
        monkeypatch.setenv("EWS_IM_URL", exchange.url)
        assert servers() == (2, 1)
        assert exchange.realms() == [exchange]


def test_option_names_a_running_server(pytester, monkeypatch):
    options = EwsImServerOptions(settings={"Control:Token": "secret"})
    pytester.makepyfile('''
        def test_server(ews_im, ews_im_realm):
            assert ews_im_realm.mailboxes() == []
    ''')

    with EwsImServer.start(options) as exchange:
        without = pytester.runpytest_subprocess("--ews-im-url", exchange.root_url)
        monkeypatch.setenv("EWS_IM_TOKEN", "secret")
        result = pytester.runpytest_subprocess("--ews-im-url", exchange.root_url)
        assert exchange.realms() == [exchange]

    without.assert_outcomes(errors=1)
    result.assert_outcomes(passed=1)


def test_option_names_the_certificate_of_a_running_server(pytester, monkeypatch):
    pytester.makepyfile('''
        def test_server(ews_im, ews_im_realm):
            assert ews_im_realm.mailboxes() == []
    ''')

    with EwsImServer.start(EwsImServerOptions(use_https=True)) as exchange:
        url = ("--ews-im-url", exchange.root_url)
        option = pytester.runpytest_subprocess(*url, "--ews-im-certificate", exchange.certificate)
        monkeypatch.setenv("EWS_IM_CERTIFICATE", exchange.certificate)
        variable = pytester.runpytest_subprocess(*url)

    option.assert_outcomes(passed=1)
    variable.assert_outcomes(passed=1)


def test_fixture_waits_for_a_running_server(pytester, unused_url):
    pytester.makeconftest('''
        from ews_im_testing import EwsImServer

        def wait_until_ready(self):
            print(f"Waits for {self.root_url}.")

        EwsImServer.wait_until_ready = wait_until_ready
    ''')
    pytester.makepyfile("def test_server(ews_im): pass")

    result = pytester.runpytest_subprocess("-s", "--ews-im-url", unused_url)

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines([f"*Waits for {unused_url}."])


def test_options_for_a_running_and_a_new_server_are_rejected(pytester, unused_url):
    pytester.makepyfile("def test_server(ews_im): pass")

    result = pytester.runpytest_subprocess(
        "--ews-im-url", unused_url, "--ews-im-program", "/missing/program")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: --ews-im-program names a program to start, but *"])


@pytest.mark.parametrize("setting", ["secret-token", "secret-token\\n"])
def test_reports_do_not_contain_the_token(pytester, setting):
    pytester.makepyfile(f'''
        import pytest
        from ews_im_testing import EwsImServerOptions

        SETTINGS = {{"Control:Token": "{setting}", "Limits:MaxGroups": "many"}}

        @pytest.fixture(scope="session")
        def ews_im_options():
            return EwsImServerOptions(settings=SETTINGS)

        @pytest.fixture(scope="session")
        def missing():
            return EwsImServerOptions(settings=SETTINGS, program="/missing/program")

        def test_server(ews_im):
            pass

        def test_missing_program(missing):
            from ews_im_testing import EwsImServer
            EwsImServer.start(missing)
    ''')

    result = pytester.runpytest_subprocess("--tb=long")

    result.assert_outcomes(errors=1, failed=1)
    assert "secret-token" not in result.stdout.str()


def test_invalid_token_of_the_environment_is_not_shown(pytester, monkeypatch, unused_url):
    monkeypatch.setenv("EWS_IM_TOKEN", "secret-token\n")
    pytester.makepyfile("def test_server(ews_im): pass")

    result = pytester.runpytest_subprocess("--tb=long", "--ews-im-url", unused_url)

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["E*ValueError: The token must consist of *"])
    assert "secret-token" not in result.stdout.str()


def test_option_names_the_program(pytester):
    pytester.makepyfile("def test_server(ews_im): pass")

    result = pytester.runpytest_subprocess("--ews-im-program", "/missing/program")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["E*EwsImServerError: The program /missing/program cannot start*"])


def test_missing_program_is_an_error(pytester, monkeypatch):
    monkeypatch.delenv("EWS_IM_PROGRAM")
    monkeypatch.setenv("PATH", "")
    pytester.makepyfile("def test_server(ews_im): pass")

    result = pytester.runpytest_subprocess()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["E*EwsImServerError: The program ews-im was not found. *"])


def test_tests_that_use_no_fixture_start_no_server(pytester, monkeypatch):
    monkeypatch.setenv("EWS_IM_PROGRAM", "/missing/program")
    pytester.makepyfile("def test_other(): pass")

    pytester.runpytest_subprocess().assert_outcomes(passed=1)
