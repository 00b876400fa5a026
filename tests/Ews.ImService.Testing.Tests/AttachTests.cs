namespace Ews.ImService.Testing.Tests;

public sealed class AttachTests
{
    private const string Alice = "alice@contoso.com";

    [Fact]
    public async Task An_attached_server_is_controlled_with_its_token_and_keeps_running()
    {
        await using var exchange = await EwsImServer.StartAsync(o => o.Settings["Control:Token"] = "open sesame");

        await using (var attached = EwsImServer.Attach(exchange.Url, "open sesame"))
            await attached.SeedAsync(new SeedMailbox(Alice).WithGroup("Team"));

        (await exchange.FindMailboxAsync(Alice))!.GetMembers("Team").Should().BeEmpty();
    }

    [Fact]
    public async Task A_request_without_the_token_is_rejected()
    {
        await using var exchange = await EwsImServer.StartAsync(o => o.Settings["Control:Token"] = "open sesame");
        await using var attached = EwsImServer.Attach(exchange.Url);

        await attached.Invoking(it => it.ResetAsync()).Should().ThrowAsync<EwsImServerException>().WithMessage("*Bearer*");
    }

    [Fact]
    public async Task Attaching_to_the_URL_of_a_realm_fails()
    {
        await using var exchange = await EwsImServer.StartAsync();
        var attach = () => EwsImServer.Attach(exchange.GetRealm("a").Url);

        attach.Should().Throw<ArgumentException>().WithMessage("*is the URL of a realm*");
    }

    [Fact]
    public async Task A_certificate_must_be_trusted_or_passed()
    {
        await using var exchange = await EwsImServer.StartAsync(o => o.UseHttps = true);
        await using var trusting = EwsImServer.Attach(exchange.Url, certificate: exchange.Certificate);
        await using var untrusting = EwsImServer.Attach(exchange.Url);

        await trusting.ResetAsync();
        await untrusting.Invoking(it => it.ResetAsync())
            .Should().ThrowAsync<EwsImServerException>().WithMessage("No server responds at https:*");
    }

    [Fact]
    public async Task An_unreachable_server_and_a_disabled_control_API_are_reported()
    {
        await using var disabled = await EwsImServer.StartAsync(o => o.Settings["Control:Enabled"] = "false");
        var stopped = await EwsImServer.StartAsync();
        await stopped.DisposeAsync();
        await using var attached = EwsImServer.Attach(stopped.Url);

        await attached.Invoking(it => it.ResetAsync())
            .Should().ThrowAsync<EwsImServerException>().WithMessage("No server responds at http:*");
        await disabled.Invoking(it => it.ResetAsync())
            .Should().ThrowAsync<EwsImServerException>().WithMessage("There is no control API at *Control:Enabled*");
    }
}
