using System.Text;
using Ews.ImService.Protocol.Operations;

namespace Ews.ImService.Protocol;

/// <summary>Writes the list of what is and is not supported, for readers, from the table that answers.</summary>
internal static class OperationsPage
{
    /// <summary>The page, in Markdown.</summary>
    public static string Write(OperationTable operations)
    {
        var supported = operations.All.Select(operation => operation.Name).ToHashSet(StringComparer.Ordinal);
        var page = new StringBuilder();
        page.Append("""
            # Operations

            Written from the operation table by a test; after a change, `UPDATE_DOCS=1 dotnet test --filter page_of_operations` writes it anew.

            ## Supported

            Each needs at least the RequestServerVersion beside it.

            | operation | since | limits |
            |---|---|---|

            """);
        foreach (var operation in operations.All)
            page.Append('|').Append(' ').Append(operation.Name).Append(" | ").Append(operation.SinceVersion).Append(" | ").Append(operation.Limitations).Append(" |\n");

        page.Append("""

            ## Not supported

            These are answered with the fault ErrorInvalidRequest, whose text names the operation:


            """);
        page.AppendJoin(", ", ExchangeOperationNames.All.Where(name => !supported.Contains(name)).Order(StringComparer.Ordinal)).Append(".\n");
        return page.ToString();
    }
}
