using System.Text;

namespace Ews.ImService.Protocol.SignIn;

/// <summary>A user name and a password.</summary>
/// <param name="UserName">The user name as typed; not empty.</param>
/// <param name="Password">The password.</param>
/// <remarks>RFC 7617.</remarks>
internal sealed record BasicCredentials(string UserName, string Password)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Gets a value that indicates whether the credentials contain control characters, which are never correct: a hash of a password is the
    /// same if the password is padded with zeros.
    /// </summary>
    public bool HasControlCharacters => (UserName + Password).Any(c => c is < ' ' or '\u007F');

    /// <summary>Reads the text after the name of the scheme: UTF-8 or, as old clients send, ISO 8859-1.</summary>
    /// <returns>The credentials, or <c>null</c> if the text is not valid.</returns>
    public static BasicCredentials? Read(string parameter)
    {
        var bytes = new byte[parameter.Length];
        if (!Convert.TryFromBase64String(parameter, bytes, out var length))
            return null;
        var text = Decode(bytes.AsSpan(0, length));
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? new BasicCredentials(text[..colon], text[(colon + 1)..]) : null;
    }

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }
}
