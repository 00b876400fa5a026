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
        ["Mailbox"] = (new() { Mailbox = "Anna@contoso.com" }, new() { Mailbox = "ben@contoso.com" }),
        ["ResponseCode"] = (new() { ResponseCode = "NoError" }, new() { ResponseCode = "ErrorItemNotFound" }),
        ["Status"] = (new() { Status = 200 }, new() { Status = 500 }),
        ["State"] = (new() { State = "answered" }, new() { State = "failed" }),
        ["Early"] = (new() { Early = true }, new() { Early = false }),
        ["Contains"] = (new() { Contains = ">Team<" }, new() { Contains = ">team<" }),
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

    private static bool Matches(JournalFilter filter) => filter.MatchesProperties(Request) && filter.MatchesBody(Request);
}
