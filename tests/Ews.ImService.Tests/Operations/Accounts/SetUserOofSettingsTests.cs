using Ews.ImService.Mailbox;
using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Operations.Accounts;

public sealed class SetUserOofSettingsTests
{
    private const string Future = "2026-12-01T08:00:00|2026-12-05T17:00:00";

    [Theory]
    [InlineData("Disabled", "None", null, null, null)]
    [InlineData("Disabled", "Known", null, "In", null)]
    [InlineData("Enabled", "None", null, "", null)]
    [InlineData("Enabled", "All", Future, "Away & back \"soon\"", "<p>Away</p>")]
    [InlineData("Scheduled", "Known", Future, "In", "Out")]
    public async Task Stored_settings_are_returned(string state, string audience, string? duration, string? internalReply, string? external)
    {
        await using var service = await StartAsync();
        var replies = (Escape(internalReply), Escape(external));

        (await service.PostAsync(EwsRequest.SetUserOofSettings(state, audience, duration, replies, header: ""))).Should().Succeed();

        var response = (await service.PostAsync(EwsRequest.GetUserOofSettings())).Should().Succeed();
        response.Value("OofState").Should().Be(state);
        response.Value("ExternalAudience").Should().Be(audience);
        response.Value("InternalReply").Should().Be(internalReply ?? "");
        response.Value("ExternalReply").Should().Be(external ?? "");
        var times = duration ?? "2026-11-21T15:00:00|2026-11-22T15:00:00";
        (response.Value("StartTime") + "|" + response.Value("EndTime")).Should().Be(times);
    }

    [Fact]
    public async Task New_settings_replace_all_present_ones()
    {
        await using var service = await StartAsync();
        (await service.PostAsync(EwsRequest.SetUserOofSettings("Enabled", "All", Future, ("In", "Out")))).Should().Succeed();

        (await service.PostAsync(EwsRequest.SetUserOofSettings("Disabled", "None"))).Should().Succeed();

        var settings = (await service.MailboxAsync())!.Oof!;
        (settings.State, settings.ExternalAudience).Should().Be((OofState.Disabled, OofAudience.None));
        (settings.InternalReply, settings.ExternalReply).Should().Be((null, null));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2026-12-05T17:00:00|2026-12-05T17:00:00")]
    [InlineData("2026-11-20T08:00:00|2026-11-21T15:00:00")]
    public async Task A_schedule_must_end_after_its_start_and_in_the_future(string? duration)
    {
        await using var service = await StartAsync();

        (await service.PostWithoutEffectAsync(EwsRequest.SetUserOofSettings("Scheduled", "All", duration, ("In", "Out"))))
            .Should().BeError("ErrorInvalidScheduledOofDuration", "The duration of the scheduled absence is invalid.");
        (await service.MailboxAsync())?.Oof.Should().BeNull();
    }

    [Theory]
    [InlineData("Enabled", "All", null, "Out")]
    [InlineData("Enabled", "None", null, null)]
    [InlineData("Enabled", "Known", "In", null)]
    [InlineData("Scheduled", "All", "In", null)]
    public async Task Replies_are_required_unless_the_absence_is_disabled(
        string state, string audience, string? internalReply, string? external)
    {
        await using var service = await StartAsync();

        (await service.PostAsync(EwsRequest.SetUserOofSettings(state, audience, Future, (internalReply, external))))
            .Should().BeError("ErrorInvalidUserOofSettings", "The out-of-office settings are invalid: a reply is missing.");
    }

    [Fact]
    public async Task The_settings_of_another_user_cannot_be_stored()
    {
        await using var service = await StartAsync();

        (await service.PostAsync(EwsRequest.SetUserOofSettings("Disabled", address: "anna@contoso.com")))
            .Should().BeError("ErrorAccessDenied", "Access is denied. Check credentials and try again.");
        (await service.MailboxAsync("anna@contoso.com")).Should().BeNull();
    }

    [Fact]
    public async Task A_reset_deletes_the_settings_and_a_snapshot_restores_them()
    {
        await using var service = await StartAsync();
        (await service.PostAsync(EwsRequest.SetUserOofSettings("Enabled", replies: ("In", "Out")))).Should().Succeed();
        using var saved = await service.SendAsync("PUT", "/snapshots/away");

        using var reset = await service.SendAsync("POST", "/reset");
        (await service.PostAsync(EwsRequest.GetUserOofSettings())).Value("OofState").Should().Be("Disabled");
        using var restored = await service.SendAsync("POST", "/snapshots/away/restore");

        restored.IsSuccessStatusCode.Should().BeTrue();
        (await service.PostAsync(EwsRequest.GetUserOofSettings())).Value("InternalReply").Should().Be("In");
    }

    private static string? Escape(string? text) => System.Security.SecurityElement.Escape(text);

    private static async Task<TestService> StartAsync()
    {
        var service = await TestService.StartAsync();
        using var frozen = await service.SendAsync("PUT", "/clock", """{ "at": "2026-11-21T15:20:30Z" }""");
        return service;
    }
}
