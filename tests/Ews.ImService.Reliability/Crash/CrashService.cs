namespace Ews.ImService.Reliability.Crash;

/// <summary>A service with a database in a folder of its own, which is killed and started again.</summary>
/// <param name="context">The run.</param>
/// <param name="name">The name of the folder.</param>
internal sealed class CrashService(RunContext context, string name)
{
    private static readonly string[] Settings =
    [
        "--Limits:MaxGroups", "1000000", "--Limits:MaxContacts", "1000000", "--Directory:AnyDistributionGroup", "true",
        "--Log:Level", "Warning",
    ];

    /// <summary>Gets the database file.</summary>
    public string Database { get; } = Path.Combine(Directory.CreateDirectory(context.FilePath(name)).FullName, "mail.db");

    /// <summary>Starts the service without waiting for it.</summary>
    /// <param name="maxFileKilobytes">The limit on the size of its files, or <c>null</c> for none.</param>
    public ServerProcess Start(int? maxFileKilobytes = null) => maxFileKilobytes is { } limit
        ? context.StartServiceWithFileLimit(Database, limit, Settings)
        : context.StartService(Database, Settings);

    /// <summary>Starts the service and waits until it responds. A start needs no help and reports no error.</summary>
    /// <param name="maxFileKilobytes">The limit on the size of its files, or <c>null</c> for none.</param>
    /// <exception cref="RunException">The service did not start, or reported an error.</exception>
    public async Task<ServerProcess> StartAndWaitAsync(int? maxFileKilobytes = null)
    {
        var server = Start(maxFileKilobytes);
        try
        {
            using var client = server.WaitUntilListening();
            await client.CallAsync(Requests.GetImItemList, Mailboxes.Default);
            var errors = server.ReadErrors() + context.ReadLog(server);
            return errors.Length == 0 ? server : throw new RunException($"A start after a kill reported: {errors}");
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Verifies the files that a killed service left.</summary>
    public void VerifyFiles() => DatabaseInspection.Verify(Database, context.FilePath(name + "-copy.db"));
}
