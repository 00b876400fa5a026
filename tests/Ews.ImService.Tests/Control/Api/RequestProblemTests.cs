using System.Net;

namespace Ews.ImService.Tests.Control.Api;

/// <summary>Requests to the control API that fail.</summary>
public sealed class RequestProblemTests
{
    private const string NameRule = "must be at most 64 letters, digits, '.', '-' and '_', and begin with a letter or a digit";
    private const string Operation = "must be an EWS operation such as AddImGroup";
    private const string Time = "must be a time such as 2026-11-21T08:30:00Z";

    [Theory]
    [InlineData("GET", "/nothing", 404, "Unknown call GET /_control/v1/nothing; see /_control/v1/openapi.json.")]
    [InlineData("PUT", "/reset", 405, "/_control/v1/reset allows POST, but not PUT.")]
    [InlineData(
        "POST", "/reset?mailbx=a@contoso.com", 400,
        "Unknown query parameter 'mailbx'. The valid parameters are mailbox, realms.")]
    [InlineData("GET", "/clock?mailbox=a@contoso.com", 400, "Unknown query parameter 'mailbox'.")]
    [InlineData("POST", "/reset?mailbox=a", 400, "The parameter mailbox must be an SMTP address, but is 'a'.")]
    [InlineData("POST", "/reset?realms=some", 400, "The parameter realms must be all, but is 'some'.")]
    [InlineData("POST", "/reset?realms=all&mailbox=a@b.c", 400, "The parameters mailbox and realms cannot be combined.")]
    [InlineData("POST", "/reset?mailbox=", 400, "The parameter mailbox must have one value.")]
    [InlineData("POST", "/reset?mailbox=a@b.c&mailbox=a@b.c", 400, "The parameter mailbox must have one value.")]
    [InlineData("GET", "/journal?status=x", 400, "The parameter status must be an integer from 0 to 2147483647, but is 'x'.")]
    [InlineData("GET", "/journal?limit=-1", 400, "The parameter limit must be an integer from 0 to 2147483647, but is '-1'.")]
    [InlineData(
        "GET", "/journal?limit=3000000000", 400,
        "The parameter limit must be an integer from 0 to 2147483647, but is '3000000000'.")]
    [InlineData("GET", "/journal?bodies=yes", 400, "The parameter bodies must be true or false, but is 'yes'.")]
    [InlineData("GET", "/journal?state=gone", 400, "The parameter state must be arrived, answered or failed, but is 'gone'.")]
    [InlineData("GET", "/journal?faulted=busy", 400, "The parameter faulted must be true or false, but is 'busy'.")]
    [InlineData("GET", "/journal?before=x", 400, "The parameter before must be an integer from 0 to 1000000000000000, but is 'x'.")]
    [InlineData("GET", "/journal?operation=AddImGruop", 400, $"The parameter operation {Operation}, but is 'AddImGruop'.")]
    [InlineData("GET", "/journal/0", 400, "The id in the path must be an integer from 1 to 1000000000000000, but is '0'.")]
    [InlineData("GET", "/journal/7", 404, "Request 7 has not arrived yet.")]
    [InlineData("POST", "/journal/7/replay", 404, "Request 7 has not arrived yet.")]
    [InlineData(
        "POST", "/journal/7/replay?timeoutMilliseconds=-1", 400,
        "The parameter timeoutMilliseconds must be an integer from 0 to 600000, but is '-1'.")]
    [InlineData("GET", "/journal/wait?timeoutMilliseconds=1", 504, "Within 1 ms, 0 of 1 requests matched the filter.")]
    [InlineData(
        "GET", "/journal/wait?timeoutMilliseconds=600001", 400,
        "The parameter timeoutMilliseconds must be an integer from 0 to 600000, but is '600001'.")]
    [InlineData("GET", "/mailboxes/a@contoso.com", 404, "The mailbox a@contoso.com does not exist.")]
    [InlineData("POST", "/snapshots/x/restore", 404, "The snapshot 'x' does not exist.")]
    [InlineData("DELETE", "/snapshots/x", 404, "The snapshot 'x' does not exist.")]
    [InlineData("PUT", "/snapshots/..%20", 400, $"The name in the path {NameRule}, but is '.. '.")]
    [InlineData("PUT", "/realms/a%20b", 400, $"The name in the path {NameRule}, but is 'a b'.")]
    [InlineData("DELETE", "/snapshots/a%2Fb", 404, "The snapshot 'a/b' does not exist.")]
    [InlineData("DELETE", "/faults/a%2Fb", 404, "The fault rule 'a/b' does not exist.")]
    [InlineData("DELETE", "/realms/none", 404, "The realm 'none' does not exist.")]
    [InlineData("DELETE", "/realms/a%20b", 400, $"The name in the path {NameRule}, but is 'a b'.")]
    [InlineData("DELETE", "/faults/none", 404, "The fault rule 'none' does not exist.")]
    public async Task A_request_that_cannot_be_executed_returns_a_problem(string method, string path, int status, string problem)
    {
        await using var service = await TestService.StartAsync();

        using var response = await service.SendAsync(method, path);

        ((int)response.StatusCode).Should().Be(status);
        (await response.ProblemsAsync()).Should().Equal(problem);
    }

    [Theory]
    [InlineData("/realms/-/_control/v1/journal", null, 400, $"The realm name {NameRule}, but is '-'.")]
    [InlineData("/_control/v1/journal", "a b", 400, $"The realm name {NameRule}, but is 'a b'.")]
    [InlineData("/realms/a/_control/v1/journal", "b", 400, "The header X-Ews-Realm names the realm 'b', but the path names 'a'.")]
    [InlineData("/_control", null, 404, "Unknown call GET /_control; see /_control/v1/openapi.json.")]
    [InlineData("/realms/a/_control/v2/journal", null, 404, "Unknown call GET /_control/v2/journal; see /_control/v1/openapi.json.")]
    public async Task A_call_with_an_unknown_path_or_an_invalid_realm_returns_a_problem(
        string path, string? realm, int status, string problem)
    {
        await using var service = await TestService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (realm is not null)
            request.Headers.Add("X-Ews-Realm", realm);

        using var response = await service.Client.SendAsync(request);

        ((int)response.StatusCode).Should().Be(status);
        (await response.ProblemsAsync()).Should().Equal(problem);
    }

    [Theory]
    [InlineData("POST", "/clock/advance", "{}", "$.milliseconds is missing.")]
    [InlineData(
        "POST", "/clock/advance", "{ \"milliseconds\": -3153600000000000 }",
        "$.milliseconds must be an integer from -3153600000000 to 3153600000000, but is -3153600000000000.")]
    [InlineData(
        "PUT", "/clock", "{ \"at\": \"9999-12-31T23:59:59Z\" }",
        "$.at must be a time from 1900-01-01 to 4500-01-01 (UTC), but is '9999-12-31T23:59:59.0000000+00:00'.")]
    [InlineData(
        "PUT", "/clock", "{ \"at\": \"1899-12-31T23:59:59Z\" }",
        "$.at must be a time from 1900-01-01 to 4500-01-01 (UTC), but is '1899-12-31T23:59:59.0000000+00:00'.")]
    [InlineData(
        "POST", "/clock/advance", "{ \"milliseconds\": 1e15 }",
        "$.milliseconds must be an integer from -3153600000000 to 3153600000000, but is 1e15.")]
    [InlineData("PUT", "/clock", "{ \"at\": \"10:00\" }", $"$.at {Time}, but is '10:00'.")]
    [InlineData("PUT", "/clock", "{ \"at\": \"noon\" }", $"$.at {Time}, but is 'noon'.")]
    [InlineData("PUT", "/clock", "{ \"at\": \"\\ud800\" }", "$.at is not valid Unicode.")]
    [InlineData("PUT", "/clock", "[]", "$ must be an object, but is an array.")]
    [InlineData("PUT", "/clock", "{ \"at\": ", "The body is not valid JSON: *")]
    [InlineData("PUT", "/seed", "{}", "$.mailboxes is missing.")]
    [InlineData("PUT", "/seed", "{ \"mailboxes\": null }", "$.mailboxes is missing.")]
    [InlineData("PUT", "/seed", "{ \"mailboxes\": {} }", "$.mailboxes must be an array, but is an object.")]
    [InlineData(
        "PUT", "/seed", "{ \"mailboxes\": [], \"mailboxes\": [] }",
        "The body is not valid JSON: Duplicate property 'mailboxes' *")]
    [InlineData("POST", "/seed", "{ \"mailboxes\": [{}] }", "$.mailboxes[0].smtpAddress is missing.")]
    [InlineData(
        "POST", "/seed", "{ \"mailboxes\": [{ \"smtpAddress\": \"\\ud800\" }] }",
        "$.mailboxes[0].smtpAddress is not valid Unicode.")]
    [InlineData(
        "POST", "/faults", "{ \"\\udc00\": 1 }",
        "The body is not valid JSON: the name of a property is not valid Unicode.")]
    [InlineData("POST", "/faults", "{ \"kind\": \"delay\" }", "$.milliseconds is missing.")]
    [InlineData(
        "POST", "/faults", "{ \"kind\": \"delay\", \"milliseconds\": \"x\" }",
        "$.milliseconds must be an integer from 1 to 86400000, but is 'x'.")]
    [InlineData(
        "POST", "/faults", "{ \"kind\": \"delay\", \"milliseconds\": 1, \"delayMilliseconds\": 1 }",
        "$.delayMilliseconds does not apply to the kind delay.")]
    [InlineData(
        "POST", "/faults", "{ \"kind\": \"responseCode\", \"responseCode\": \"ErrorItemNotFond\" }",
        "$.responseCode must be the name of an EWS error such as ErrorItemNotFound, but is 'ErrorItemNotFond'.")]
    [InlineData("POST", "/faults", "{ \"kind\": \"drop\", \"id\": \"a/b\" }", $"$.id {NameRule}, but is 'a/b'.")]
    [InlineData("POST", "/faults", "{ \"kind\": \"drop\", \"opration\": \"AddImGroup\" }", "$.opration is not a known property.")]
    [InlineData("POST", "/faults", "{ \"kind\": \"drop\", \"bytes\": 1 }", "$.bytes does not apply to the kind drop.")]
    [InlineData(
        "POST", "/faults", "{ \"kind\": \"drop\", \"probability\": 2 }",
        "$.probability must be a number from 0 to 1, but is 2.")]
    [InlineData(
        "POST", "/faults", "{ \"kind\": \"flood\" }",
        "$.kind must be serverBusy, responseCode, soapFault, *, but is 'flood'.")]
    [InlineData(
        "POST", "/faults", "{ \"kind\": \"http\", \"status\": 302, \"headers\": { \"Content-Length\": \"5\" } }",
        "$.headers['Content-Length'] is not allowed, because the web server sets it.")]
    public async Task A_body_with_violations_returns_all_of_them(string method, string path, string body, string problem)
    {
        await using var service = await TestService.StartAsync();

        using var response = await service.SendAsync(method, path, body);

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await response.ProblemsAsync()).Should().ContainSingle().Which.Should().Match(problem);
    }

    [Fact]
    public async Task A_body_that_is_not_read_is_rejected()
    {
        await using var service = await TestService.StartAsync();

        using var response = await service.SendAsync("POST", "/reset", "{ \"mailbox\": \"a@contoso.com\" }");

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.ProblemsAsync()).Should().Equal("POST /_control/v1/reset does not read a body.");
    }

    [Fact]
    public async Task A_method_that_is_not_allowed_returns_the_allowed_ones()
    {
        await using var service = await TestService.StartAsync();

        using var response = await service.SendAsync("PATCH", "/clock");
        using var head = await service.SendAsync("HEAD", "/seed");

        response.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        response.Content.Headers.Allow.Should().BeEquivalentTo("GET", "PUT", "DELETE");
        head.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        head.Content.Headers.Allow.Should().BeEquivalentTo("GET", "PUT", "POST");
    }

    [Fact]
    public async Task Names_and_values_in_the_query_are_read_regardless_of_case()
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync();

        var journal = await service.GetJsonAsync(ControlCalls.Api + "/journal?State=Answered&OPERATION=AddImGroup");

        journal.GetProperty("count").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task An_empty_body_is_an_empty_object_and_comments_are_ignored()
    {
        await using var service = await TestService.StartAsync();

        using var empty = await service.SendAsync("PUT", "/clock");
        using var commented = await service.SendAsync("PUT", "/clock", "\uFEFF{ // A comment.\n \"at\": \"2026-11-21T08:30:00\", }");

        empty.StatusCode.Should().Be(HttpStatusCode.OK);
        (await commented.Content.ReadAsStringAsync()).Should().Be(
            "{\n  \"now\": \"2026-11-21T08:30:00Z\",\n  \"isFrozen\": true,\n  \"offsetMilliseconds\": 0\n}\n");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_rejected()
    {
        await using var service = await TestService.StartAsync();

        using var response = await service.SendAsync("POST", "/seed", new string(' ', (64 * 1024 * 1024) + 1));

        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await response.ProblemsAsync()).Should().Equal("The body must not be larger than 67108864 bytes.");
    }

    [Fact]
    public async Task A_damaged_compressed_body_is_rejected()
    {
        await using var service = await TestService.StartAsync();
        using var content = new ByteArrayContent([1, 2, 3]);
        content.Headers.ContentEncoding.Add("gzip");

        using var response = await service.Client.PostAsync(ControlCalls.Api + "/seed", content);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.ProblemsAsync()).Should().ContainSingle();
    }
}
