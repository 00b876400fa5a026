using Ews.ImService.Control;
using Ews.ImService.Control.Realms;
using Ews.ImService.Harness;
using Ews.ImService.Mailbox;
using Ews.ImService.Tests.Postgres;

namespace Ews.ImService.Tests.Control.Realms;

/// <summary>Changes of realms whose connection is lost during the commit.</summary>
public sealed class LostCommitTests : IAsyncLifetime, IDisposable
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PostgresDatabase _database = new();
    private readonly CommitProxy _proxy = new(PrivatePostgres.Shared.Port);
    private RealmInstance _instance = null!;
    private Realm _realm = null!;

    public async Task InitializeAsync()
    {
        _instance = RealmInstance.Create(_database, new ControlOptions(), "first", _proxy);
        _realm = await _instance.EnterAsync("r");
        (await _realm.ChangeAsync(state => state.Clock.TryFreeze(Start), default)).Should().BeTrue();
    }

    public async Task DisposeAsync() => await _instance.DisposeAsync();

    public void Dispose()
    {
        _proxy.Dispose();
        _database.Dispose();
    }

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_is_applied_once_if_the_connection_is_lost_after_or_before_the_commit(bool isCommitted)
    {
        (_proxy.PassesCommit, _proxy.CutsLeft) = (isCommitted, 1);

        (await AdvanceAsync()).Should().BeTrue();

        _proxy.Cuts.Should().Be(1);
        (await ReadClockAsync()).Should().Be(Start.AddHours(1));
        _realm.Clock.FrozenAt.Should().Be(Start.AddHours(1));
    }

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_snapshot_is_taken_once_if_the_connection_is_lost_after_or_before_the_commit(bool isCommitted)
    {
        (_proxy.PassesCommit, _proxy.CutsLeft) = (isCommitted, 1);

        var mailbox = new MailboxState(Guid.NewGuid(), SmtpAddress.Parse("me@contoso.com"));
        await _instance.Registry.States.AddSnapshotAsync(_realm, "one", Start, [mailbox], default);

        _database.Execute("SELECT count(*) FROM \"SnapshotMailboxes\"").Should().Be("1");
        _realm.Snapshots.Find("one")!.MailboxCount.Should().Be(1);
    }

    [PostgresFact]
    public async Task A_change_whose_outcome_cannot_be_read_fails_and_is_applied_at_most_once()
    {
        (_proxy.PassesCommit, _proxy.CutsLeft, _proxy.RejectsConnectionsAfterCut) = (true, 1, true);

        await this.Invoking(it => it.AdvanceAsync()).Should().ThrowAsync<IOException>().WithMessage("*lost during a commit*");

        _proxy.RejectsConnections = false;
        (await ReadClockAsync()).Should().Be(Start.AddHours(1));
    }

    private async Task<bool> AdvanceAsync() =>
        await _realm.ChangeAsync(state => state.Clock.TryAdvance(TimeSpan.FromHours(1)), default);

    private async Task<DateTimeOffset?> ReadClockAsync()
    {
        await using var other = RealmInstance.Create(_database, new ControlOptions(), "second");
        return (await other.FindAsync("r"))!.Clock.FrozenAt;
    }
}
