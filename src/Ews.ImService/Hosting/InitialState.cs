using Ews.ImService.Control.Documents;
using Ews.ImService.Control.Realms;
using Ews.ImService.Control.Seeds;
using Ews.ImService.Mailbox;
using Ews.ImService.Settings;
using Ews.ImService.Storage;

namespace Ews.ImService.Hosting;

/// <summary>Loads the seed documents that define the initial state.</summary>
internal static class InitialState
{
    /// <summary>Reads the seed documents of the settings. They are checked before a new database file is created.</summary>
    /// <exception cref="StartException">A file cannot be read, or, for a new database file, a document is not valid.</exception>
    public static StartSeed Read(ServiceSettings settings)
    {
        try
        {
            var files = StartSeed.Read(settings.SeedPath);
            var seed = settings.Seeds.Count == 0
                ? files
                : new StartSeed([.. files.Documents, .. settings.Seeds.Select((document, index) => ($"seed {index + 1}", document))]);
            if (settings.Postgres is null && settings.DatabasePath != MailboxStoreOptions.InMemory && !File.Exists(settings.DatabasePath))
                seed.Check(settings.Limits);
            return seed;
        }
        catch (DocumentException e)
        {
            throw Invalid(settings, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The seed '{settings.SeedPath}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Loads the documents into the default realm, so that the start fails if they are not valid.</summary>
    /// <exception cref="StartException">A document is not valid.</exception>
    public static async Task LoadAsync(IServiceProvider services, ServiceSettings settings)
    {
        try
        {
            var realm = await services.GetRequiredService<RealmRegistry>().FindExistingAsync(MailboxKey.DefaultRealm);
            await services.GetRequiredService<RealmMailboxes>().EnsureSeededAsync(realm!);
        }
        catch (DocumentException e)
        {
            throw Invalid(settings, e);
        }
    }

    private static StartException Invalid(ServiceSettings settings, DocumentException e)
    {
        var problems = string.Join('\n', e.Problems.Select(problem => "  " + problem));
        return new StartException($"The seed{(settings.SeedPath is { } path ? $" '{path}'" : "")} is not valid:\n{problems}", e);
    }
}
