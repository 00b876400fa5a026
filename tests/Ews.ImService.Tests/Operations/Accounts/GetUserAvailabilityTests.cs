using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests.Operations.Accounts;

public sealed class GetUserAvailabilityTests
{
    private const string Window = "2026-11-23T08:00:00|2026-11-23T10:00:00";

    private const string Suggestions =
        "<t:SuggestionsViewOptions><t:DetailedSuggestionsWindow><t:StartTime>2026-11-23T00:00:00</t:StartTime>"
        + "<t:EndTime>2026-11-24T00:00:00</t:EndTime></t:DetailedSuggestionsWindow></t:SuggestionsViewOptions>";

    /// <remarks>[MS-OXWAVLS]; a client sends the request without any SOAP header.</remarks>
    [Fact]
    public async Task A_request_without_headers_succeeds()
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(GetUserAvailability(View(Window, "DetailedMerged", 15), header: ""));

        response.Should().Succeed().Value("MergedFreeBusy").Should().Be("00000000");
    }

    [Theory]
    [InlineData("MergedOnly", "FreeBusyViewType MergedFreeBusy")]
    [InlineData("FreeBusy", "FreeBusyViewType WorkingHours")]
    [InlineData("FreeBusyMerged", "FreeBusyViewType MergedFreeBusy WorkingHours")]
    [InlineData("Detailed", "FreeBusyViewType WorkingHours")]
    [InlineData("DetailedMerged", "FreeBusyViewType MergedFreeBusy WorkingHours")]
    public async Task The_view_has_the_requested_type_and_its_content(string type, string content)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(GetUserAvailability(View(Window, type, 30)));

        var view = response.Should().Succeed().All("FreeBusyView").Should().ContainSingle().Subject;
        view.Elements().Select(part => part.Name.LocalName).Should().Equal(content.Split(' '));
        view.Elements().First().Value.Should().Be(type);
    }

    [Theory]
    [InlineData("2026-11-23T08:00:00|2026-11-23T10:00:00", null, 4)]
    [InlineData("2026-11-23T08:00:00|2026-11-23T10:01:00", 60, 3)]
    [InlineData("2026-11-23T08:00:00Z|2026-11-23T11:00:00+01:00", 60, 2)]
    [InlineData("2026-11-23T08:00:00|2026-11-23T08:00:00", 5, 0)]
    [InlineData("2026-11-01T00:00:00|2026-12-13T00:00:00", 1440, 42)]
    public async Task The_merged_view_has_one_character_for_each_started_interval(string window, int? interval, int length)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(GetUserAvailability(View(window, "MergedOnly", interval)));

        response.Should().Succeed().Value("MergedFreeBusy").Should().Be(new string('0', length));
    }

    [Fact]
    public async Task Each_mailbox_has_its_own_response_in_the_order_of_the_request()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with
        {
            Accounts = new AccountDirectory([People.Account("anna@contoso.com")], autoCreate: false, new ImpersonationRights([])),
            Ews = new() { DefaultMailbox = SmtpAddress.Parse("anna@contoso.com") },
        });

        var response = await service.PostAsync(
            GetUserAvailability(View(Window, "MergedOnly", 60), addresses: ["zoe@contoso.com", "anna@contoso.com", "no address"]));

        response.Codes().Should().Equal("ErrorMailRecipientNotFound", "NoError", "ErrorMailRecipientNotFound");
        response.All("FreeBusyResponse").Select(one => one.Elements().Count()).Should().Equal(1, 2, 1);
        response.SchemaViolations().Should().BeEmpty();
    }

    [Theory]
    [InlineData("2026-11-23T10:00:00|2026-11-23T08:00:00", "MergedOnly", 30, "ErrorInvalidTimeInterval", "The time interval is invalid.")]
    [InlineData(
        "0001-01-01T00:00:00+14:00|0001-01-02T00:00:00",
        "MergedOnly",
        30,
        "ErrorInvalidTimeInterval",
        "The time interval is invalid.")]
    [InlineData(
        "2026-11-01T00:00:00|2026-12-13T00:00:01",
        "MergedOnly",
        30,
        "ErrorTimeIntervalTooBig",
        "The time interval is greater than the maximum.")]
    [InlineData(
        Window,
        "MergedOnly",
        4,
        "ErrorInvalidMergedFreeBusyInterval",
        "The interval of the merged free/busy information is invalid.")]
    [InlineData(
        Window,
        "MergedOnly",
        1441,
        "ErrorInvalidMergedFreeBusyInterval",
        "The interval of the merged free/busy information is invalid.")]
    [InlineData(Window, "None", 30, "ErrorInvalidFreeBusyViewType", "The requested type of view is invalid.")]
    [InlineData(Window, "FreeBusy Detailed", 30, "ErrorInvalidFreeBusyViewType", "The requested type of view is invalid.")]
    public async Task Invalid_options_are_errors_of_each_mailbox(string window, string type, int interval, string code, string text)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(GetUserAvailability(View(window, type, interval)));

        response.Should().BeError(code, text).All("FreeBusyView").Should().BeEmpty();
    }

    [Fact]
    public async Task Suggestions_are_an_error_beside_the_free_busy_information()
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(GetUserAvailability(View(Window, "MergedOnly", 60) + Suggestions));

        response.Codes().Should().Equal("NoError", "ErrorMeetingSuggestionGenerationFailed");
        response.Value("MergedFreeBusy").Should().Be("00");
        response.SchemaViolations().Should().BeEmpty();
    }

    [Fact]
    public async Task A_request_for_suggestions_only_has_no_free_busy_information()
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(GetUserAvailability(Suggestions));

        response.Should().BeError("ErrorMeetingSuggestionGenerationFailed", "Meeting suggestions are not available on this server.")
            .All("FreeBusyResponseArray").Should().BeEmpty();
    }

    [Fact]
    public async Task A_request_without_options_is_an_error()
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(GetUserAvailability(""))).Should().BeError(
            "ErrorMissingArgument", "A required argument is missing: FreeBusyViewOptions or SuggestionsViewOptions.");
    }

    [Fact]
    public async Task A_request_can_name_at_most_100_mailboxes()
    {
        await using var service = await TestService.StartAsync();
        var view = View(Window, "MergedOnly", 60);
        var addresses = Enumerable.Range(0, 101).Select(i => $"user{i}@contoso.com").ToArray();

        (await service.PostAsync(GetUserAvailability(view, addresses: addresses[..100]))).Should().Succeed()
            .All("FreeBusyView").Should().HaveCount(100);
        (await service.PostAsync(GetUserAvailability(view, addresses: addresses)))
            .Should().BeError("ErrorInvalidRequest", "The request contains too many mailboxes.");
    }

    private static string GetUserAvailability(string options, string header = EwsRequest.Version, string[]? addresses = null) =>
        EwsRequest.For(
            "GetUserAvailabilityRequest",
            "<m:MailboxDataArray>"
            + string.Concat((addresses ?? [TestService.DefaultMailbox]).Select(address =>
                $"<t:MailboxData><t:Email><t:Address>{address}</t:Address></t:Email><t:AttendeeType>Required</t:AttendeeType>"
                + "</t:MailboxData>"))
            + $"</m:MailboxDataArray>{options}",
            header);

    private static string View(string window, string type, int? interval)
    {
        var (start, end) = (window.Split('|')[0], window.Split('|')[1]);
        return "<t:FreeBusyViewOptions>"
            + $"<t:TimeWindow><t:StartTime>{start}</t:StartTime><t:EndTime>{end}</t:EndTime></t:TimeWindow>"
            + (interval is null ? "" : $"<t:MergedFreeBusyIntervalInMinutes>{interval}</t:MergedFreeBusyIntervalInMinutes>")
            + $"<t:RequestedView>{type}</t:RequestedView></t:FreeBusyViewOptions>";
    }
}
