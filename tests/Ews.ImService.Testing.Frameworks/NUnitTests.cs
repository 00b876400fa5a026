using Ews.ImService.Testing.Tests.Examples;
using NUnit.Framework;
using NUnit.Framework.Interfaces;

namespace Ews.ImService.Testing.Frameworks.WithNUnit;

[SetUpFixture]
public sealed class Exchange
{
    public static EwsImServer Server { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => Server = await EwsImServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await Server.DisposeAsync();
}

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ContactListTests
{
    private EwsImTemporaryRealm _realm = null!;

    [SetUp]
    public async Task CreateRealmAsync()
    {
        _realm = Exchange.Server.CreateRealm(TestContext.CurrentContext.Test.Name);
        await _realm.SeedAsync(new SeedMailbox("alice@contoso.com"));
    }

    [TearDown]
    public async Task DeleteRealmAsync()
    {
        await using var realm = _realm; // Deleted even if its journal cannot be read.
        if (TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed)
            TestContext.Out.WriteLine(string.Join(Environment.NewLine, await _realm.Journal.GetEntriesAsync()));
    }

    [Test]
    public async Task A_group_is_added()
    {
        using var http = _realm.CreateClient();

        await new MinimalClient(http).AddImGroupAsync("alice@contoso.com", "Friends");

        await _realm.Journal.ShouldHaveReceivedAsync("AddImGroup", times: 1);
    }
}
