using Ews.ImService.Testing.Tests.Examples;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Ews.ImService.Testing.Frameworks.WithMSTest;

[TestClass]
public sealed class Exchange
{
    public static EwsImServer Server { get; private set; } = null!;

    [AssemblyInitialize]
    public static async Task StartAsync(TestContext context) => Server = await EwsImServer.StartAsync();

    [AssemblyCleanup]
    public static async Task StopAsync() => await Server.DisposeAsync();
}

[TestClass]
public sealed class ContactListTests
{
    private EwsImTemporaryRealm _realm = null!;

    public TestContext TestContext { get; set; } = null!;

    [TestInitialize]
    public async Task CreateRealmAsync()
    {
        _realm = Exchange.Server.CreateRealm(TestContext.TestName!);
        await _realm.SeedAsync(new SeedMailbox("alice@contoso.com"));
    }

    [TestCleanup]
    public async Task DeleteRealmAsync()
    {
        await using var realm = _realm; // Deleted even if its journal cannot be read.
        if (TestContext.CurrentTestOutcome != UnitTestOutcome.Passed)
            TestContext.WriteLine(string.Join(Environment.NewLine, await _realm.Journal.GetEntriesAsync()));
    }

    [TestMethod]
    public async Task A_group_is_added()
    {
        using var http = _realm.CreateClient();

        await new MinimalClient(http).AddImGroupAsync("alice@contoso.com", "Friends");

        await _realm.Journal.ShouldHaveReceivedAsync("AddImGroup", times: 1);
    }
}
