using System.Text;
using Ews.ImService.Control.Journal;

namespace Ews.ImService.Tests.Control.Journal;

public sealed class RedactionTests
{
    /// <summary>TokenValue is the token in the response of GetClientAccessToken.</summary>
    [Theory]
    [InlineData("TokenValue")]
    [InlineData("Password")]
    [InlineData("BinarySecurityToken")]
    public void Elements_with_secrets_are_hidden(string element)
    {
        var (text, isRedacted) = Redaction.Body(Encoding.UTF8.GetBytes($"<a><{element} x='secret'>secret</{element}><b>kept</b></a>"));

        text.Should().Be($"<a><{element}>(hidden)</{element}><b>kept</b></a>");
        isRedacted.Should().BeTrue();
    }
}
