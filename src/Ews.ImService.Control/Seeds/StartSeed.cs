using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Documents;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Seeds;

/// <summary>The seed documents with the mailboxes in the initial state of every realm.</summary>
/// <param name="Documents">The names and the JSON of the documents, in the order in which they are loaded.</param>
public sealed record StartSeed(IReadOnlyList<(string Name, ReadOnlyMemory<byte> Json)> Documents)
{
    /// <summary>Reads a file, or the files <c>*.json</c> of a folder in the order of their names.</summary>
    /// <param name="path">The file or folder, or <c>null</c> for no documents.</param>
    /// <exception cref="IOException">The file or folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file or folder is denied.</exception>
    public static StartSeed Read(string? path)
    {
        if (path is null)
            return new StartSeed([]);
        var files = Directory.Exists(path) ? Directory.GetFiles(path, "*.json").Order(StringComparer.Ordinal).ToArray() : [path];
        return new StartSeed([.. files.Select(file => (Path.GetFileName(file), (ReadOnlyMemory<byte>)File.ReadAllBytes(file)))]);
    }

    /// <summary>Checks the documents by the rules that do not depend on the accounts and the database.</summary>
    /// <param name="limits">The limits of each mailbox.</param>
    /// <exception cref="DocumentException">A document is not valid.</exception>
    public void Check(MailboxLimits limits)
    {
        var all = new DocumentProblems();
        foreach (var (name, json) in Documents)
        {
            var (document, problems) = Read(json);
            if (document is not null)
                SeedReader.Read(document, limits, TimeProvider.System, (_, _) => Guid.NewGuid(), problems);
            foreach (var problem in problems.ToList())
                all.Add($"{name}: {problem}");
        }

        if (all.Count > 0)
            throw new DocumentException(all.ToList());
    }

    /// <summary>Reads a document.</summary>
    internal static Document<SeedDocument> Read(ReadOnlyMemory<byte> json) =>
        DocumentReader.Read(json, ContractJson.Default.SeedDocument, maxValues: int.MaxValue, subject: "The document");
}
