"""The fixtures and options of the plugin."""

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
        "Request #100:", "Request #102:", "(* more characters)"])


def test_report_states_that_the_server_has_stopped(pytester):
    pytester.makepyfile('''
        def test_fails(ews_im, ews_im_realm):
            ews_im.close()
            assert not "failed"
    ''')

    result = pytester.runpytest_subprocess()

    result.assert_outcomes(failed=1, errors=1)
    result.stdout.fnmatch_lines(["The journal cannot be read. No server responds at http://*"])


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
