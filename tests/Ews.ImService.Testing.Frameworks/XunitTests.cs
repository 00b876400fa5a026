using Ews.ImService.Testing.Tests.Examples;
using Xunit;

namespace Ews.ImService.Testing.Frameworks.WithXunit;

public sealed class ExchangeFixture : IAsyncLifetime
{
    public EwsImServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await EwsImServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

public sealed class ContactListTests(ExchangeFixture exchange) : IClassFixture<ExchangeFixture>, IAsyncLifetime
{
    private readonly EwsImTemporaryRealm _realm = exchange.Server.CreateRealm(nameof(ContactListTests));

    public Task InitializeAsync() => _realm.SeedAsync(new SeedMailbox("alice@contoso.com"));

    public async Task DisposeAsync() => await _realm.DisposeAsync();

    [Fact]
    public async Task A_group_is_added()
    {
        using var http = _realm.CreateClient();

        await new MinimalClient(http).AddImGroupAsync("alice@contoso.com", "Friends");

        await _realm.Journal.ShouldHaveReceivedAsync("AddImGroup", times: 1);
    }
}

[CollectionDefinition("Exchange")]
public sealed class ExchangeDefinition : ICollectionFixture<ExchangeFixture>;

[Collection("Exchange")]
public sealed class GroupTests(ExchangeFixture exchange)
{
    [Fact]
    public async Task A_new_mailbox_has_no_groups()
    {
        await using var realm = exchange.Server.CreateRealm();

        var alice = await realm.SeedAsync(new SeedMailbox("alice@contoso.com"));

        Assert.Empty(alice.UserGroups);
    }
}
