using System.Text;
using Ews.ImService.Control.Time;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.Operations.Notifications;

namespace Ews.ImService.Tests.Operations.Notifications;

public sealed class SubscribeTests
{
    [Fact]
    public async Task Pull_subscriptions_have_a_watermark_and_streaming_subscriptions_have_none()
    {
        await using var service = await TestService.StartAsync();

        var pull = (await service.PostAsync(EwsRequest.SubscribeToPull("contacts"))).Should().Succeed();
        var stream = (await service.PostAsync(EwsRequest.SubscribeToStream("contacts"))).Should().Succeed();

        pull.Messages().Single().Elements().Select(element => element.Name.LocalName)
            .Should().Equal("ResponseCode", "SubscriptionId", "Watermark");
        stream.Messages().Single().Elements().Select(element => element.Name.LocalName).Should().Equal("ResponseCode", "SubscriptionId");
        Convert.FromBase64String(pull.Value("SubscriptionId"))[..11].Should().Equal([9, 0, .. "localhost"u8]);
        Convert.FromBase64String(pull.Value("Watermark")).Should().HaveCount(29);
        stream.Value("SubscriptionId").Should().NotBe(pull.Value("SubscriptionId"));
    }

    [Theory]
    [InlineData("<t:FolderId Id='x'/>", "ErrorInvalidIdMalformed")]
    [InlineData("<t:DistinguishedFolderId Id='archiveroot'/>", "ErrorFolderNotFound")]
    [InlineData(
        "<t:DistinguishedFolderId Id='contacts'><t:Mailbox><t:EmailAddress>other@contoso.com</t:EmailAddress></t:Mailbox>"
        + "</t:DistinguishedFolderId>",
        "ErrorSubscriptionDelegateAccessNotSupported")]
    public async Task Folders_that_cannot_be_observed_are_errors(string folder, string code)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.SubscribeToPull(folder))).Codes().Should().Equal(code);
        (await service.PostAsync(EwsRequest.SubscribeToStream(folder))).Codes().Should().Equal(code);
    }

    [Fact]
    public async Task A_subscription_names_folders_or_all_folders()
    {
        await using var service = await TestService.StartAsync();
        var request = EwsRequest.SubscribeToPull("").Replace(" SubscribeToAllFolders='true'", "", StringComparison.Ordinal);

        (await service.PostAsync(request)).Should().BeError(
            "ErrorInvalidSubscriptionRequest",
            "A subscription can only be established on a single public folder or on folders from a single mailbox.");
    }

    [Fact]
    public async Task A_subscription_continues_after_a_watermark()
    {
        await using var service = await TestService.StartAsync();
        var watermark = (await service.PostAsync(EwsRequest.SubscribeToPull("imcontactlist"))).Should().Succeed().Value("Watermark");
        var team = await service.AddGroupAsync("Team");

        var second = (await service.PostAsync(EwsRequest.SubscribeToPull("imcontactlist", "Created", watermark))).Should().Succeed();

        second.Value("Watermark").Should().Be(watermark);
        var events = await service.PostAsync(EwsRequest.GetEvents(second.Value("SubscriptionId"), watermark));
        events.Should().Succeed().Id("ItemId").Should().Be(team);
    }

    [Fact]
    public async Task A_watermark_in_the_messages_namespace_is_accepted()
    {
        await using var service = await TestService.StartAsync();
        var watermark = (await service.PostAsync(EwsRequest.SubscribeToPull("imcontactlist"))).Should().Succeed().Value("Watermark");
        await service.AddGroupAsync("Team");
        var request = EwsRequest.SubscribeToPull("imcontactlist", "Created", watermark)
            .Replace("t:Watermark>", "m:Watermark>", StringComparison.Ordinal);

        (await service.PostAsync(request)).Should().Succeed().Value("Watermark").Should().Be(watermark);

        var invalid = request.Replace("<t:Timeout>10<", "<t:Timeout>0<", StringComparison.Ordinal);
        (await service.PostAsync(invalid)).Status.Should().Be(500, "the other rules of the schema apply");
    }

    [Theory]
    [InlineData("true", "", false, "X-BackEndOverrideCookie=localhost~1; path=/; HttpOnly")]
    [InlineData("True", "", false, "X-BackEndOverrideCookie=localhost~1; path=/; HttpOnly")]
    [InlineData("true", "Cookie", false, "")]
    [InlineData("true", "Header", false, "")]
    [InlineData("true", "Cookie of another server", false, "X-BackEndOverrideCookie=localhost~1; path=/; HttpOnly")]
    [InlineData("false", "", false, "")]
    [InlineData("", "", false, "")]
    [InlineData("true", "", true, "X-BackEndOverrideCookie=localhost~1; path=/; HttpOnly; secure")]
    public async Task A_client_that_prefers_one_server_gets_its_cookie_once(string preference, string sent, bool isHttps, string expected)
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { TrustForwardedHeaders = true });
        using var message = new HttpRequestMessage(HttpMethod.Post, EwsOptions.Path)
        {
            Content = new StringContent(EwsRequest.SubscribeToStream("contacts"), Encoding.UTF8, "text/xml"),
        };
        if (preference.Length > 0)
            message.Headers.Add("X-PreferServerAffinity", preference);
        if (sent.Length > 0)
        {
            var server = sent.EndsWith("another server", StringComparison.Ordinal) ? "another" : "localhost~1";
            message.Headers.Add(sent == "Header" ? "X-BackEndOverrideCookie" : "Cookie", "X-BackEndOverrideCookie=" + server);
        }

        if (isHttps)
            message.Headers.Add("X-Forwarded-Proto", "https");

        using var response = await service.Client.SendAsync(message);

        string.Join("", response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : []).Should().Be(expected);
    }

    [Fact]
    public async Task Watermarks_that_the_service_did_not_issue_for_the_mailbox_are_invalid()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Limits = new MailboxLimits(MaxChanges: 8) });
        var watermark = (await service.PostAsync(EwsRequest.SubscribeToPull(""))).Should().Succeed().Value("Watermark");
        var future = Convert.FromBase64String(watermark);
        future[20] += 2;
        var others = (await service.PostAsync(EwsRequest.SubscribeToPull("").Replace(
            EwsRequest.Version, EwsRequest.Impersonating("SmtpAddress", "other@contoso.com"), StringComparison.Ordinal)))
            .Value("Watermark");

        foreach (var invalid in new[] { "x", "AAAA", watermark[4..], Convert.ToBase64String(future), others })
        {
            (await service.PostAsync(EwsRequest.SubscribeToPull("", watermark: invalid)))
                .Should().BeError("ErrorInvalidWatermark", "The watermark is invalid.");
        }

        for (var i = 0; i < 5; i++)
            await service.AddGroupAsync($"Group {i}");
        (await service.PostAsync(EwsRequest.SubscribeToPull("", watermark: watermark))).Codes().Should().Equal("ErrorInvalidWatermark");
    }

    [Fact]
    public async Task With_an_id_seed_subscriptions_and_watermarks_are_the_same_in_every_run()
    {
        var runs = new List<string[]>();
        for (var run = 0; run < 2; run++)
        {
            await using var service = await TestService.StartAsync(TestService.InMemory with { Control = new() { IdSeed = 7 } });
            await service.AddGroupAsync("Team");
            var pull = (await service.PostAsync(EwsRequest.SubscribeToPull("contacts"))).Should().Succeed();
            var stream = (await service.PostAsync(EwsRequest.SubscribeToStream("contacts"))).Should().Succeed();
            runs.Add([pull.Value("SubscriptionId"), pull.Value("Watermark"), stream.Value("SubscriptionId")]);
        }

        runs[0].Should().Equal(runs[1]).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void Expired_subscriptions_are_deleted_also_if_their_owners_do_not_return()
    {
        var clock = new RealmClock(TimeProvider.System);
        var subscriptions = new Subscriptions(
            null!, new AccountDirectory([], autoCreate: true, new ImpersonationRights([])), new EwsOptions());
        var first = subscriptions.Add(Create("first")).Value!;

        clock.TryAdvance(TimeSpan.FromMinutes(11)).Should().BeTrue();
        var second = subscriptions.Add(Create("second")).Value!;

        subscriptions.Contains(first).Should().BeFalse();
        subscriptions.Contains(second).Should().BeTrue();

        Subscription Create(string owner) => new(
            SubscriptionKind.Pull,
            new MailboxKey(MailboxKey.DefaultRealm, SmtpAddress.Parse("user@contoso.com")),
            owner,
            new EventFilter(null, new HashSet<ChangeKind>()),
            new Watermark(1, 0),
            TimeSpan.FromMinutes(10))
        {
            Id = Subscription.CreateId(Guid.NewGuid()),
            Clock = clock,
        };
    }

    [Fact]
    public async Task The_number_of_subscriptions_of_an_account_is_limited()
    {
        await using var service = await TestService.StartAsync(new EwsOptions { MaxSubscriptions = 2 });
        var first = (await service.PostAsync(EwsRequest.SubscribeToPull(""))).Should().Succeed().Value("SubscriptionId");
        (await service.PostAsync(EwsRequest.SubscribeToStream(""))).Should().Succeed();

        (await service.PostAsync(EwsRequest.SubscribeToPull(""))).Should().BeError(
            "ErrorExceededSubscriptionCount",
            "You have exceeded the available subscriptions for your account.  Remove unnecessary subscriptions and try your request "
            + "again.");

        (await service.PostAsync(EwsRequest.Unsubscribe(first))).Should().Succeed();
        (await service.PostAsync(EwsRequest.SubscribeToPull(""))).Should().Succeed();
    }
}
