using System.Globalization;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Soap;

/// <summary>A refusal without an operation: HTTP 500 and a SOAP 1.1 fault.</summary>
/// <param name="Error">Code, MESSAGE and named values.</param>
/// <param name="Violation">For ErrorSchemaValidation: what and where.</param>
/// <param name="MustUnderstand">Whether it is SOAP's own fault about a mandatory header, which has no EWS code.</param>
internal sealed record SoapFault(EwsError Error, SchemaViolation? Violation = null, bool MustUnderstand = false)
{
    /// <summary>SOAP 1.1 §4.2.3.</summary>
    public static SoapFault HeaderNotUnderstood(string name) => new(
        EwsError.InvalidRequest with { MessageText = $"The mandatory SOAP header '{name}' is not understood." }, MustUnderstand: true);

    /// <summary>The request violates XML's rules or the schema's.</summary>
    public static SoapFault SchemaValidation(SchemaViolation violation) => new(EwsError.SchemaValidation, violation);

    /// <summary>The faultstring.</summary>
    public string Text => Violation is null
        ? Error.MessageText
        : string.Create(CultureInfo.InvariantCulture, $"The request failed schema validation: {Violation.Message}");

    /// <summary>The code as logged.</summary>
    public string Code => MustUnderstand ? "MustUnderstand" : Error.Code;
}

/// <summary>The first thing wrong with a request's XML, in the words and numbers of .NET's own reader and validator.</summary>
/// <param name="LineNumber">1-based, in the request as received; 0 where there is no place.</param>
/// <param name="LinePosition">1-based; 0 where there is no place.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record SchemaViolation(int LineNumber, int LinePosition, string Message);
