using System.Globalization;

namespace Ews.ImService.Tests.Soap;

/// <summary>In these requests, line 5 is the content of the operation; its end tag is on line 6.</summary>
public sealed class MalformedXmlTests
{
    [Theory]
    [InlineData("a & b", 19, "An error occurred while parsing EntityName.")]
    [InlineData("R&D", 19, "'<' is an unexpected token. The expected token is ';'.")]
    [InlineData("&foo;", 17, "Reference to undeclared entity 'foo'.")]
    [InlineData("a < b", 19, "Name cannot begin with the ' ' character, hexadecimal value 0x20.")]
    [InlineData("a</m:DisplayNam>", 19, "The 'm:DisplayName' start tag on line 5 position 2 does not match the end tag of 'm:DisplayNam'.")]
    [InlineData("&#1;", 18, "'', hexadecimal value 0x01, is an invalid character.")]
    [InlineData("\u0001", 16, "'', hexadecimal value 0x01, is an invalid character.")]
    [InlineData("<q:a/>", 17, "'q' is an undeclared prefix.")]
    [InlineData("<!DOCTYPE a>", 18, "Unexpected DTD declaration.")]
    public async Task Malformed_XML_has_the_text_of_the_NET_parser(string name, int position, string message)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostWithoutEffectAsync(EwsRequest.For("AddImGroup", $"<m:DisplayName>{name}</m:DisplayName>"));

        response
            .Should().BeSchemaFault(5, position, string.Create(CultureInfo.InvariantCulture, $"{message} Line 5, position {position}."));
    }

    [Fact]
    public async Task A_truncated_request_names_the_open_elements()
    {
        await using var service = await TestService.StartAsync();
        var request = EwsRequest.AddImGroup("Team");

        var inContent = await service.PostWithoutEffectAsync(request[..(request.IndexOf("Team", StringComparison.Ordinal) + 4)]);
        var inTag = await service.PostWithoutEffectAsync(request[..(request.IndexOf("<m:AddImGroup", StringComparison.Ordinal) + 5)]);

        inContent.Should().BeSchemaFault(
            5,
            20,
            "Unexpected end of file has occurred. The following elements are not closed: m:DisplayName, m:AddImGroup, s:Body, "
                + "s:Envelope. Line 5, position 20.");
        inTag.Should().BeSchemaFault(4, 6, "Unexpected end of file while parsing Name has occurred. Line 4, position 6.");
    }

    [Theory]
    [InlineData("", 0, 0, "Root element is missing.")]
    [InlineData(" \r\n ", 0, 0, "Root element is missing.")]
    [InlineData("hello", 1, 1, "Data at the root level is invalid. Line 1, position 1.")]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", 0, 0, "DTD is prohibited in this XML document.")]
    public async Task A_body_that_is_not_an_XML_document_is_rejected(string body, int line, int position, string violation)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostWithoutEffectAsync(body);

        response.Should().BeSchemaFault(line, position, violation);
    }

    [Fact]
    public async Task Malformed_XML_precedes_a_violation_of_the_schema()
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostWithoutEffectAsync(EwsRequest.For("AddImGroup", "<m:Foo/>\n<m:DisplayName>R&D</m:DisplayName>"));

        response.Should().BeSchemaFault(6, 19, "'<' is an unexpected token. The expected token is ';'. Line 6, position 19.");
    }

    [Theory]
    [InlineData(70)]
    [InlineData(1000)]
    public async Task Malformed_XML_within_or_after_elements_that_are_too_deep_has_the_same_text(int depth)
    {
        await using var service = await TestService.StartAsync();
        var (start, end) = (string.Concat(Enumerable.Repeat("<m:a>", depth)), string.Concat(Enumerable.Repeat("</m:a>", depth)));

        var within = await service.PostWithoutEffectAsync(EwsRequest.For("AddImGroup", $"{start}\n& {end}"));
        var after = await service.PostWithoutEffectAsync(EwsRequest.For("AddImGroup", $"{start}<m:b/>{end}\n& "));
        var none = await service.PostWithoutEffectAsync(EwsRequest.For("AddImGroup", $"{start}<m:b/>{end}{start}{end}"));

        within.Should().BeSchemaFault(6, 2, "An error occurred while parsing EntityName. Line 6, position 2.");
        after.Should().BeSchemaFault(6, 2, "An error occurred while parsing EntityName. Line 6, position 2.");
        none.Should().BeFault("ErrorInvalidRequest", "The request is invalid.");
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public async Task Positions_refer_to_the_received_request_regardless_of_its_length(string newLine)
    {
        await using var service = await TestService.StartAsync();
        var attributes = string.Concat(Enumerable.Range(0, 40).Select(i => $"{newLine}xmlns:n{i}='urn:{new string('x', 500)}{i}'"));
        var request = EwsRequest.For("AddImGroup", $"<m:DisplayName{attributes}>{newLine}&</m:DisplayName>")
            .Replace("\n", newLine, StringComparison.Ordinal).Replace("\r\r", "\r", StringComparison.Ordinal);

        var response = await service.PostWithoutEffectAsync(request);

        response.Should().BeSchemaFault(46, 2, "An error occurred while parsing EntityName. Line 46, position 2.");
    }

    [Fact]
    public async Task The_spelling_of_a_fault_for_an_unreadable_request_is_that_found_in_its_text()
    {
        await using var service = await TestService.StartAsync();

        var https = await service.PostAsync(EwsRequest.For("AddImGroup", "&", spelling: "https"));
        var http = await service.PostAsync("&");

        https.Text.Should().Contain("https://schemas.microsoft.com").And.NotContain("http://schemas.microsoft.com");
        http.Text.Should().Contain("http://schemas.microsoft.com").And.NotContain("https://schemas.microsoft.com");
    }
}
