using System.Globalization;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Soap;

/// <summary>The SOAP 1.1 fault of a request that is rejected before its operation is executed; HTTP status 500.</summary>
/// <param name="Error">The error.</param>
/// <param name="Violation">The violation, for ErrorSchemaValidation only.</param>
/// <param name="MustUnderstand">
/// <c>true</c> for the MustUnderstand fault of SOAP, which has no EWS response code; otherwise, <c>false</c>.
/// </param>
internal sealed record SoapFault(EwsError Error, SchemaViolation? Violation = null, bool MustUnderstand = false)
{
    /// <summary>Creates the fault of a mandatory header that is not understood.</summary>
    /// <remarks>SOAP 1.1 §4.2.3.</remarks>
    public static SoapFault HeaderNotUnderstood(string name) => new(
        EwsError.InvalidRequest with { MessageText = $"The mandatory SOAP header '{name}' is not understood." }, MustUnderstand: true);

    /// <summary>Creates the fault of a request that is not well-formed XML or violates the schema.</summary>
    public static SoapFault SchemaValidation(SchemaViolation violation) => new(EwsError.SchemaValidation, violation);

    /// <summary>Gets the faultstring.</summary>
    public string Text => Violation is null
        ? Error.MessageText
        : string.Create(CultureInfo.InvariantCulture, $"The request failed schema validation: {Violation.Message}");

    /// <summary>Gets the code for logs.</summary>
    public string Code => MustUnderstand ? "MustUnderstand" : Error.Code;
}

/// <summary>The first error in the XML of a request, as the reader and validator of .NET report it.</summary>
/// <param name="LineNumber">The line in the request as received, from 1; 0 if it is unknown.</param>
/// <param name="LinePosition">The position in the line, from 1; 0 if it is unknown.</param>
/// <param name="Message">The message.</param>
internal sealed record SchemaViolation(int LineNumber, int LinePosition, string Message);
