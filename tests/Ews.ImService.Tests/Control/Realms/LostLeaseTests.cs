using Ews.ImService.Control;
using Ews.ImService.Control.Realms;
using Ews.ImService.Mailbox;
using Ews.ImService.Postgres;
using Ews.ImService.Postgres.Connections;
using Ews.ImService.Storage;
using Ews.ImService.Tests.Postgres;

namespace Ews.ImService.Tests.Control.Realms;

/// <summary>Operations on all mailboxes of a realm whose instance was suspended until another instance took the lease.</summary>
public sealed class LostLeaseTests : IAsyncLifetime, IDisposable
{
    /// <summary>More than are replaced in one transaction.</summary>
    private const int ManyMailboxes = 2000;

    private static readonly SmtpAddress Alice = SmtpAddress.Parse("alice@contoso.com");
    private static readonly MailboxKey Mailbox = new("r", Alice);
    private static readonly MailboxState Late = new(Guid.NewGuid(), Alice);

    private readonly PostgresDatabase _database = new();
    private PostgresService _instance = null!;
    private Realm _realm = null!;

    private IRealmStates States => _instance.Realms.States;

    private SingleWriterStore Store => _instance.Store;

    public async Task InitializeAsync()
    {
        _instance = PostgresService.Start(
            new PostgresOptions(_database.ConnectionString, "late"),
            new ControlOptions(),
            new MailboxLimits(),
            new Instrumentation(Instrumentation.UnobservedName));
        _realm = await EnterAsync();
        await Store.EnsureCreatedAsync(Mailbox, "en-US", default);
    }

    public async Task DisposeAsync()
    {
        await _instance.Store.DisposeAsync();
        await _instance.DisposeAsync();
    }

    public void Dispose() => _database.Dispose();

    [PostgresFact]
    public async Task Mailboxes_are_not_replaced()
    {
        var before = await Store.FindAsync(Mailbox, default);

        await FailAsync(() => Store.ReplaceAsync("r", null, [Late], null, CancellationToken.None));

        (await Store.FindAsync(Mailbox, default)).Should().BeEquivalentTo(before);
    }

    [PostgresFact]
    public async Task Mailboxes_that_were_stored_in_slices_do_not_become_visible()
    {
        var many = Enumerable.Range(0, ManyMailboxes).Select(number => new MailboxState(
            Guid.NewGuid(), SmtpAddress.Parse($"user{number}@contoso.com"))).ToList();

        await FailAsync(() => Store.ReplaceAsync("r", null, many, null, CancellationToken.None));

        (await Store.FindAddressesAsync("r", default)).Should().Equal(Alice);
    }

    [PostgresFact]
    public async Task The_state_does_not_change()
    {
        await FailAsync(() => _realm.ChangeAsync(state => state.Clock.TryFreeze(), CancellationToken.None).AsTask());

        (await EnterAsync()).Clock.FrozenAt.Should().BeNull();
    }

    [PostgresFact]
    public async Task A_snapshot_is_not_taken()
    {
        await FailAsync(() => States.AddSnapshotAsync(_realm, "one", default, [Late], CancellationToken.None));

        (await EnterAsync()).Snapshots.All.Should().BeEmpty();
        _database.Execute("SELECT count(*) FROM \"SnapshotMailboxes\"").Should().Be("0");
    }

    [PostgresFact]
    public async Task The_realm_is_not_deleted()
    {
        await FailAsync(() => States.DeleteAsync(_realm, CancellationToken.None));

        (await EnterAsync()).Should().BeSameAs(_realm);
    }

    [PostgresFact]
    public async Task Operations_under_a_lease_that_is_held_succeed()
    {
        await _realm.RunExclusiveAsync(async token =>
        {
            await Store.ReplaceAsync("r", null, [Late], null, token);
            (await _realm.ChangeAsync(state => state.Clock.TryFreeze(), token)).Should().BeTrue();
            await States.AddSnapshotAsync(_realm, "one", default, [Late], token);
        });

        (await Store.FindAsync(Mailbox, default))!.MailboxGuid.Should().Be(Late.MailboxGuid);
        var realm = await EnterAsync();
        realm.Clock.FrozenAt.Should().NotBeNull();
        realm.Snapshots.All.Should().ContainSingle();
    }

    private async Task<Realm> EnterAsync()
    {
        await States.ConfirmAsync("r", default);
        return (await _instance.Realms.FindOrCreateAsync("r"))!;
    }

    /// <summary>Runs an operation that ends after another instance has taken the lease, which its own instance has not observed.</summary>
    private async Task FailAsync(Func<Task> end)
    {
        var operation = () => _realm.RunExclusiveAsync(async _ =>
        {
            _database.Execute("""UPDATE "Realms" SET "LeaseId" = gen_random_uuid()""");
            await end();
        });

        (await operation.Should().ThrowAsync<IOException>()).WithMessage("*another instance*");
    }
}
