namespace Ews.ImService.Testing.Tests;

public sealed class TemporaryRealmTests
{
    private const string Alice = "alice@contoso.com";

    [Fact]
    public async Task A_temporary_realm_is_isolated_and_deleted_when_it_is_disposed_of()
    {
        await using var exchange = await EwsImServer.StartAsync();
        string name;
        await using (var realm = exchange.CreateRealm())
        {
            name = realm.Name;
            await realm.SeedAsync(new SeedMailbox(Alice));
            (await exchange.GetRealmsAsync()).Select(one => one.Name).Should().Equal("", name);
        }

        name.Should().MatchRegex("^A_temporary_realm_is_isolated_and_deleted_when_it_is_di-[0-9a-f]{8}$");
        (await exchange.GetRealmsAsync()).Should().Equal(exchange);
    }

    [Theory]
    [InlineData(".ctor", "ctor-")]
    [InlineData("Sync (é, 2)", "Sync_2_-")]
    [InlineData("é", "realm-")]
    [InlineData("", "realm-")]
    public async Task The_name_of_a_temporary_realm_is_valid_and_unique(string name, string start)
    {
        await using var exchange = await EwsImServer.StartAsync();
        await using var one = exchange.CreateRealm(name);
        await using var other = exchange.CreateRealm(name);

        await one.SeedAsync(new SeedMailbox(Alice));

        one.Name.Should().StartWith(start).And.HaveLength(start.Length + 8);
        other.Name.Should().NotBe(one.Name);
        (await other.FindMailboxAsync(Alice)).Should().BeNull();
    }

    [Fact]
    public async Task A_temporary_realm_that_was_disposed_of_cannot_be_used()
    {
        await using var exchange = await EwsImServer.StartAsync();
        var realm = exchange.CreateRealm();
        await realm.DisposeAsync();
        await realm.DisposeAsync();

        await realm.Invoking(it => it.ResetAsync()).Should().ThrowAsync<ObjectDisposedException>();
        await realm.Journal.Invoking(it => it.GetEntriesAsync()).Should().ThrowAsync<ObjectDisposedException>();
        (await exchange.GetRealmsAsync()).Should().Equal(exchange);
    }

    [Fact]
    public async Task A_temporary_realm_can_be_disposed_of_after_its_server()
    {
        await using var exchange = await EwsImServer.StartAsync();
        var realm = exchange.CreateRealm();
        await realm.SeedAsync(new SeedMailbox(Alice));
        await exchange.DisposeAsync();

        await realm.Invoking(it => it.DisposeAsync().AsTask()).Should().NotThrowAsync();
    }

    [Fact]
    public async Task A_call_that_ends_after_the_deletion_leaves_no_realm()
    {
        await using var exchange = await EwsImServer.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            var realm = exchange.CreateRealm();
            Task[] calls = [realm.SeedAsync(new SeedMailbox(Alice)), realm.Journal.GetEntriesAsync(), realm.ResetAsync()];
            await realm.DisposeAsync();
            await Task.WhenAll(calls).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        (await exchange.GetRealmsAsync()).Should().Equal(exchange);
    }

    [Fact]
    public async Task A_deletion_that_failed_is_repeated()
    {
        using var silent = new SilentServer();
        using var control = new ControlClient(silent.Root, null, null, TimeSpan.FromMilliseconds(20));
        var realm = new EwsImTemporaryRealm(control, "a");

        for (var i = 0; i < 2; i++)
            await realm.Invoking(it => it.DisposeAsync().AsTask()).Should().ThrowAsync<EwsImServerException>();
    }

    [Fact]
    public async Task A_temporary_realm_of_a_server_that_cannot_be_reached_is_reported()
    {
        var exchange = await EwsImServer.StartAsync();
        await using var attached = EwsImServer.Attach(exchange.Url);
        var realm = attached.CreateRealm();
        await exchange.DisposeAsync();

        await realm.Invoking(it => it.DisposeAsync().AsTask())
            .Should().ThrowAsync<EwsImServerException>().WithMessage("No server responds at http:*");
    }
}
