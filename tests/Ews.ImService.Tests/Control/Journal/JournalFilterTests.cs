using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Journal;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Tests.Control.Journal;

public sealed class JournalFilterTests
{
    private static readonly RecordedRequest Request = new()
    {
        Id = 5,
        Time = DateTimeOffset.UnixEpoch,
        Method = "POST",
        RawPath = "/EWS/Exchange.asmx",
        RawQuery = QueryString.Empty,
        RawRequestHeaders = default,
        Operation = "AddImGroup",
        Mailbox = "anna@contoso.com",
        State = JournalState.Answered,
        ResponseCode = "NoError",
        Status = 200,
        Fault = "busy",
        EarlyBy = TimeSpan.FromSeconds(1),
        RequestBody = "<m:DisplayName>Team</m:DisplayName>"u8.ToArray(),
    };

    /// <summary>Gets a filter that matches the request and one that does not, for every property.</summary>
    private static Dictionary<string, (JournalFilter Matching, JournalFilter Other)> Filters => new()
    {
        ["Operation"] = (new() { Operation = "AddImGroup" }, new() { Operation = "SetImGroup" }),
        ["OperationContains"] = (new() { OperationContains = "addIM" }, new() { OperationContains = "AddImContact" }),
        ["Mailbox"] = (new() { Mailbox = "Anna@contoso.com" }, new() { Mailbox = "ben@contoso.com" }),
        ["ResponseCode"] = (new() { ResponseCode = "noerror" }, new() { ResponseCode = "ErrorItemNotFound" }),
        ["Status"] = (new() { Status = 200 }, new() { Status = 500 }),
        ["State"] = (new() { State = "answered" }, new() { State = "failed" }),
        ["Errors"] = (new() { Errors = false }, new() { Errors = true }),
        ["Early"] = (new() { Early = true }, new() { Early = false }),
        ["Contains"] = (new() { Contains = ">team<" }, new() { Contains = ">Teams<" }),
        ["Fault"] = (new() { Fault = "busy" }, new() { Fault = "slow" }),
        ["Faulted"] = (new() { Faulted = true }, new() { Faulted = false }),
        ["After"] = (new() { Ids = new() { After = 4 } }, new() { Ids = new() { After = 5 } }),
        ["Before"] = (new() { Ids = new() { Before = 6 } }, new() { Ids = new() { Before = 5 } }),
    };

    [Fact]
    public void Every_property_is_a_condition()
    {
        Filters.Keys.Should().BeEquivalentTo(
            typeof(JournalFilter).GetProperties().Concat(typeof(JournalRange).GetProperties()).Select(property => property.Name));
        Matches(new JournalFilter()).Should().BeTrue();
        foreach (var (property, (matching, other)) in Filters)
        {
            Matches(matching).Should().BeTrue(property);
            Matches(other).Should().BeFalse(property);
        }
    }

    [Theory]
    [InlineData("Answered", "NoError", 200, false)]
    [InlineData("Answered", "ErrorItemNotFound", 200, true)]
    [InlineData("Answered", null, 200, false)]
    [InlineData("Answered", null, 404, true)]
    [InlineData("Arrived", null, null, false)]
    [InlineData("Failed", null, null, true)]
    public void Errors_are_requests_without_a_successful_response(string state, string? responseCode, int? status, bool isError)
    {
        var request = new RecordedRequest
        {
            Id = 5,
            Time = DateTimeOffset.UnixEpoch,
            Method = "POST",
            RawPath = "/EWS/Exchange.asmx",
            RawQuery = QueryString.Empty,
            RawRequestHeaders = default,
            State = Enum.Parse<JournalState>(state),
            ResponseCode = responseCode,
            Status = status,
        };

        new JournalFilter { Errors = true }.MatchesProperties(request).Should().Be(isError);
        new JournalFilter { Errors = false }.MatchesProperties(request).Should().Be(!isError);
    }

    private static bool Matches(JournalFilter filter) => filter.MatchesProperties(Request) && filter.MatchesBody(Request);
}
