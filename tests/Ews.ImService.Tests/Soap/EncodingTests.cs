using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Ews.ImService.Tests.Soap;

public sealed class EncodingTests
{
    [Fact]
    public async Task Invalid_bytes_are_rejected_unless_malformed_XML_precedes_them()
    {
        await using var service = await TestService.StartAsync();
        var latin = Encoding.Latin1.GetBytes(EwsRequest.AddImGroup("Café"));
        var damaged = Encoding.Latin1.GetBytes(EwsRequest.For(
            "AddImGroup", "<m:DisplayName>R&D\u00e9</m:DisplayName>").Replace("R&D", "R& ", StringComparison.Ordinal));

        var response = await service.PostAsync(latin);
        var earlier = await service.PostAsync(damaged);

        response.Should().BeSchemaFault(5, 19, "Invalid character in the given encoding. Line 5, position 19.");
        earlier.Should().BeSchemaFault(5, 18, "An error occurred while parsing EntityName. Line 5, position 18.");
        (await service.MailboxAsync()).Should().BeNull();
    }

    [Theory]
    [InlineData("klingon")]
    [InlineData("utf-7")]
    public async Task An_unsupported_encoding_is_rejected(string charset)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(Encoding.UTF8.GetBytes(EwsRequest.AddImGroup("Team")), "text/xml; charset=" + charset);

        response.Should().BeSchemaFault(1, 1, $"System does not support '{charset}' encoding. Line 1, position 1.");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" utf-8")]
    [InlineData("utf-8 ")]
    [InlineData("utf 8")]
    [InlineData("8bit")]
    [InlineData("-utf-8")]
    [InlineData("_")]
    [InlineData("a*b")]
    [InlineData("65001")]
    public async Task A_declaration_with_a_name_that_no_encoding_has_is_not_well_formed(string name)
    {
        await using var service = await TestService.StartAsync();
        foreach (var declaration in new[] { $"\"{name}\"", $"\n\t'{name}' standalone=\"yes\"" })
        {
            var request = EwsRequest.AddImGroup("Team").Replace("\"utf-8\"", declaration, StringComparison.Ordinal);
            var bytes = Encoding.UTF8.GetBytes(request);
            var expected = Assert.Throws<XmlException>(() => XDocument.Load(new MemoryStream(bytes)));

            foreach (var contentType in new[] { "text/xml", "text/xml; charset=utf-8" })
            {
                var response = await service.PostAsync(bytes, contentType);
                response.Should().BeSchemaFault(expected.LineNumber, expected.LinePosition, expected.Message);
            }
        }
    }

    [Theory]
    [InlineData("utf-16", new byte[] { 0x00, 0xD8, 0x41, 0x00 })]
    [InlineData("utf-16", new byte[] { 0x00, 0xD8, 0x00, 0xD8 })]
    [InlineData("utf-16", new byte[] { 0x00, 0xDC })]
    [InlineData("utf-16", new byte[] { 0x41 })]
    [InlineData("utf-16BE", new byte[] { 0xD8, 0x00, 0x00, 0x41 })]
    [InlineData("utf-8", new byte[] { 0xE2, 0x82 })]
    [InlineData("utf-8", new byte[] { 0xED, 0xA0, 0x80, 0x41 })]
    [InlineData("us-ascii", new byte[] { 0x80 })]
    public async Task Incomplete_characters_are_rejected_in_every_encoding(string charset, byte[] damage)
    {
        await using var service = await TestService.StartAsync();
        var request = EwsRequest.AddImGroup("Team").Replace("encoding=\"utf-8\"", "", StringComparison.Ordinal);
        var start = Encoding.GetEncoding(charset).GetBytes(request[..(request.IndexOf("Team", StringComparison.Ordinal) + 4)]);

        var response = await service.PostAsync([.. start, .. damage], "text/xml; charset=" + charset);

        response.Should().BeSchemaFault(5, 20, "Invalid character in the given encoding. Line 5, position 20.");
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("UTF-16")]
    [InlineData(null)]
    public async Task A_byte_order_mark_determines_the_byte_order_of_UTF_16(string? charset)
    {
        await using var service = await TestService.StartAsync();
        var request = EwsRequest.AddImGroup("Team").Replace("utf-8", "utf-16", StringComparison.Ordinal);

        foreach (var encoding in new[] { Encoding.BigEndianUnicode, Encoding.Unicode })
        {
            byte[] body = [.. encoding.Preamble, .. encoding.GetBytes(request.Replace("Team", encoding.WebName, StringComparison.Ordinal))];
            (await service.PostAsync(body, charset is null ? "text/xml" : "text/xml; charset=" + charset)).Should().Succeed();
        }
    }
}
