using Ews.ImService.Protocol.Operations;
using Ews.ImService.Protocol.Schema;

namespace Ews.ImService.Protocol;

/// <summary>Checks the spelling of EWS names.</summary>
public static class EwsNames
{
    private const string ErrorPrefix = "Error";

    /// <summary>Checks the name of an operation.</summary>
    /// <param name="name">The name, which is case-sensitive.</param>
    /// <returns><c>true</c> if EWS has the operation, even if this service does not support it; otherwise, <c>false</c>.</returns>
    public static bool IsOperation(string name) => ExchangeOperationNames.All.Contains(name);

    /// <summary>Checks the name of an error.</summary>
    /// <param name="name">The response code, which is case-sensitive.</param>
    /// <returns><c>true</c> if EWS has the error; otherwise, <c>false</c>.</returns>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static bool IsErrorCode(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(ErrorPrefix, StringComparison.Ordinal) && EwsSchema.ChoicesOf("ResponseCodeType").Contains(name);
    }
}
