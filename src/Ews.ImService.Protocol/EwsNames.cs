using Ews.ImService.Protocol.Operations;
using Ews.ImService.Protocol.Schema;

namespace Ews.ImService.Protocol;

/// <summary>Names that EWS has, for whoever is told one and would rather not look for a misspelled one in vain.</summary>
public static class EwsNames
{
    private const string ErrorPrefix = "Error";

    /// <summary>Whether EWS has an operation of this name, whether or not it is answered here.</summary>
    public static bool IsOperation(string name) => ExchangeOperationNames.All.Contains(name);

    /// <summary>Whether EWS has an error of this name. Learn: "ResponseCode".</summary>
    public static bool IsErrorCode(string name) => name.StartsWith(ErrorPrefix, StringComparison.Ordinal) && EwsSchema.ChoicesOf("ResponseCodeType").Contains(name);
}
