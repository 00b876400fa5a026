using System.Text;
using Ews.ImService.Protocol.Operations;

namespace Ews.ImService.Protocol;

/// <summary>Writes the documentation page of supported and unsupported operations from the operation table.</summary>
internal static class OperationsPage
{
    /// <summary>Returns the page as Markdown.</summary>
    public static string Write(OperationTable operations)
    {
        var supported = operations.All.Select(operation => operation.Name).ToHashSet(StringComparer.Ordinal);
        var page = new StringBuilder();
        page.Append("""
            # Operations

            This page is generated from the operation table. Update it with `UPDATE_DOCS=1 dotnet test --filter OperationTableTests`.

            ## Supported

            An operation requires the RequestServerVersion in the second column, or a later one.

            | Operation | Since | Limitations |
            |---|---|---|

            """);
        foreach (var operation in operations.All)
            page.Append("| ").AppendJoin(" | ", operation.Name, operation.SinceVersion, operation.Limitations).Append(" |\n");

        page.Append("""

            ## Not supported

            The response is the SOAP fault ErrorInvalidOperation, whose text names the operation:


            """);
        page.AppendJoin(", ", ExchangeOperationNames.All.Where(name => !supported.Contains(name)).Order(StringComparer.Ordinal))
            .Append(".\n");
        return page.ToString();
    }
}
