using System.Globalization;
using System.Text;
using System.Text.Json;
using Ews.ImService.Tests.Operations;

namespace Ews.ImService.Tests.Soap;

/// <summary>Line 5 of these requests is the operation's content; the operation's end tag is line 6.</summary>
public sealed class SchemaViolationTests
{
    private const string M = "http://schemas.microsoft.com/exchange/services/2006/messages";
    private const string T = "http://schemas.microsoft.com/exchange/services/2006/types";

    [Theory]
    [InlineData("AddImGroup", "<m:DisplayName></m:DisplayName>", 5, 18, $"The '{M}:DisplayName' element is invalid - The value '' is invalid according to its datatype '{T}:NonEmptyStringType' - The actual length is less than the MinLength value.")]
    [InlineData("AddImGroup", "<m:DisplayName/>", 5, 2, $"The '{M}:DisplayName' element is invalid - The value '' is invalid according to its datatype '{T}:NonEmptyStringType' - The actual length is less than the MinLength value.")]
    [InlineData("AddImGroup", "", 6, 3, $"The element 'AddImGroup' in namespace '{M}' has incomplete content. List of possible elements expected: 'DisplayName' in namespace '{M}'.")]
    [InlineData("SetImGroup", "<m:NewDisplayName>a</m:NewDisplayName>", 5, 2, $"The element 'SetImGroup' in namespace '{M}' has invalid child element 'NewDisplayName' in namespace '{M}'. List of possible elements expected: 'GroupId' in namespace '{M}'.")]
    [InlineData("AddImGroup", "<m:DisplayName>a</m:DisplayName><m:Foo/>", 5, 34, $"The element 'AddImGroup' in namespace '{M}' has invalid child element 'Foo' in namespace '{M}'.")]
    [InlineData("AddImGroup", "<m:DisplayName>a</m:DisplayName><m:DisplayName>b</m:DisplayName>", 5, 34, $"The element 'AddImGroup' in namespace '{M}' has invalid child element 'DisplayName' in namespace '{M}'.")]
    [InlineData("SetImGroup", "<m:GroupId/><m:NewDisplayName>a</m:NewDisplayName>", 5, 2, "The required attribute 'Id' is missing.")]
    [InlineData("SetImGroup", "<m:GroupId Id='a' Foo='b'/><m:NewDisplayName>a</m:NewDisplayName>", 5, 19, "The 'Foo' attribute is not declared.")]
    [InlineData("SetImGroup", "<m:GroupId Foo='b'/><m:NewDisplayName>a</m:NewDisplayName>", 5, 12, "The 'Foo' attribute is not declared.")]
    [InlineData("SetImGroup", "<m:GroupId Id='a' xmlns:q='urn:q' q:Foo='b'/><m:NewDisplayName>a</m:NewDisplayName>", 5, 35, "The 'urn:q:Foo' attribute is not declared.")]
    [InlineData("AddImGroup", "text", 4, 15, $"The element 'AddImGroup' in namespace '{M}' cannot contain text. List of possible elements expected: 'DisplayName' in namespace '{M}'.")]
    [InlineData("AddImGroup", "<m:DisplayName>a</m:DisplayName>text", 5, 33, $"The element 'AddImGroup' in namespace '{M}' cannot contain text.")]
    [InlineData("SetImGroup", "<m:GroupId Id='a'>text</m:GroupId><m:NewDisplayName>a</m:NewDisplayName>", 5, 19, "The element cannot contain text. Content model is empty.")]
    [InlineData("SetImGroup", "<m:GroupId Id='a'><![CDATA[]]></m:GroupId><m:NewDisplayName>a</m:NewDisplayName>", 5, 28, "The element cannot contain text. Content model is empty.")]
    [InlineData("SetImGroup", "<m:GroupId Id='a'>\n</m:GroupId><m:NewDisplayName>a</m:NewDisplayName>", 5, 19, "The element cannot contain whitespace. Content model is empty.")]
    [InlineData("SetImGroup", "<m:GroupId Id='a'><t:b/></m:GroupId><m:NewDisplayName>a</m:NewDisplayName>", 5, 20, $"The element '{M}:GroupId' cannot contain child element '{T}:b' because the parent element's content model is empty.")]
    [InlineData("AddImGroup", "<m:DisplayName>a<t:b/></m:DisplayName>", 5, 18, $"The element '{M}:DisplayName' cannot contain child element '{T}:b' because the parent element's content model is text only.")]
    [InlineData("AddImGroup", "<m:DisplayName xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:nil='true'/>", 5, 2, "If the 'nillable' attribute is false in the schema, the 'xsi:nil' attribute must not be present in the instance.")]
    [InlineData("AddNewImContactToGroup", "<m:ImAddress>a</m:ImAddress><m:GroupId Id='a'/><m:DisplayName>a</m:DisplayName>", 5, 49, $"The element 'AddNewImContactToGroup' in namespace '{M}' has invalid child element 'DisplayName' in namespace '{M}'.")]
    [InlineData("RemoveImContactFromGroup", "<m:ContactId Id='a'/>", 6, 3, $"The element 'RemoveImContactFromGroup' in namespace '{M}' has incomplete content. List of possible elements expected: 'GroupId' in namespace '{M}'.")]
    [InlineData("AddImContactToGroup", "<m:GroupId Id='a'/>", 5, 2, $"The element 'AddImContactToGroup' in namespace '{M}' has invalid child element 'GroupId' in namespace '{M}'. List of possible elements expected: 'ContactId' in namespace '{M}'.")]
    [InlineData("AddImGroup", "<h:DisplayName xmlns:h='https://schemas.microsoft.com/exchange/services/2006/messages'>a</h:DisplayName>", 5, 2, $"The element 'AddImGroup' in namespace '{M}' has invalid child element 'DisplayName' in namespace 'https://schemas.microsoft.com/exchange/services/2006/messages'. List of possible elements expected: 'DisplayName' in namespace '{M}'.")]
    public async Task A_violation_is_told_in_NET_s_words_with_its_place_in_the_request_as_received(string operation, string content, int line, int position, string violation)
    {
        await using var service = await TestService.StartAsync();

        var answer = await service.PostWithoutEffectAsync(EwsRequest.For(operation, content));
        var respelled = await service.PostWithoutEffectAsync(EwsRequest.For(operation, Respell(content), spelling: "https"));

        answer.Should().BeSchemaFault(line, position, violation);
        respelled.Should().BeSchemaFault(line, position, Respell(violation));
    }

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
    public async Task Damaged_XML_is_told_in_NET_s_words_with_its_tail(string name, int position, string message)
    {
        await using var service = await TestService.StartAsync();

        var answer = await service.PostWithoutEffectAsync(EwsRequest.For("AddImGroup", $"<m:DisplayName>{name}</m:DisplayName>"));

        answer.Should().BeSchemaFault(5, position, string.Create(CultureInfo.InvariantCulture, $"{message} Line 5, position {position}."));
    }

    [Fact]
    public async Task A_request_that_is_cut_off_names_what_is_open()
    {
        await using var service = await TestService.StartAsync();
        var request = EwsRequest.AddImGroup("Team");

        var inContent = await service.PostWithoutEffectAsync(request[..(request.IndexOf("Team", StringComparison.Ordinal) + 4)]);
        var inTag = await service.PostWithoutEffectAsync(request[..(request.IndexOf("<m:AddImGroup", StringComparison.Ordinal) + 5)]);

        inContent.Should().BeSchemaFault(5, 20, "Unexpected end of file has occurred. The following elements are not closed: m:DisplayName, m:AddImGroup, s:Body, s:Envelope. Line 5, position 20.");
        inTag.Should().BeSchemaFault(4, 6, "Unexpected end of file while parsing Name has occurred. Line 4, position 6.");
    }

    [Theory]
    [InlineData("", 0, 0, "Root element is missing.")]
    [InlineData(" \r\n ", 0, 0, "Root element is missing.")]
    [InlineData("hello", 1, 1, "Data at the root level is invalid. Line 1, position 1.")]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", 0, 0, "DTD is prohibited in this XML document.")]
    public async Task What_is_no_XML_document_is_told(string body, int line, int position, string violation)
    {
        await using var service = await TestService.StartAsync();

        var answer = await service.PostWithoutEffectAsync(body);

        answer.Should().BeSchemaFault(line, position, violation);
    }

    [Fact]
    public async Task Damage_anywhere_is_told_before_a_violation_of_the_schema()
    {
        await using var service = await TestService.StartAsync();

        var answer = await service.PostWithoutEffectAsync(EwsRequest.For("AddImGroup", "<m:Foo/>\n<m:DisplayName>R&D</m:DisplayName>"));

        answer.Should().BeSchemaFault(6, 19, "'<' is an unexpected token. The expected token is ';'. Line 6, position 19.");
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public async Task Lines_are_counted_in_the_request_as_received_however_long_it_is(string newLine)
    {
        await using var service = await TestService.StartAsync();
        var attributes = string.Concat(Enumerable.Range(0, 40).Select(i => $"{newLine}xmlns:n{i}='urn:{new string('x', 500)}{i}'"));
        var request = EwsRequest.For("AddImGroup", $"<m:DisplayName{attributes}>{newLine}&</m:DisplayName>").Replace("\n", newLine, StringComparison.Ordinal).Replace("\r\r", "\r", StringComparison.Ordinal);

        var answer = await service.PostWithoutEffectAsync(request);

        answer.Should().BeSchemaFault(46, 2, "An error occurred while parsing EntityName. Line 46, position 2.");
    }

    [Fact]
    public async Task Bytes_that_the_encoding_forbids_are_told_and_never_replaced_but_damage_before_them_comes_first()
    {
        await using var service = await TestService.StartAsync();
        var latin = Encoding.Latin1.GetBytes(EwsRequest.AddImGroup("Café"));
        var damaged = Encoding.Latin1.GetBytes(EwsRequest.For("AddImGroup", "<m:DisplayName>R&D\u00e9</m:DisplayName>").Replace("R&D", "R& ", StringComparison.Ordinal));

        var answer = await service.PostAsync(latin);
        var earlier = await service.PostAsync(damaged);

        answer.Should().BeSchemaFault(5, 19, "Invalid character in the given encoding. Line 5, position 19.");
        earlier.Should().BeSchemaFault(5, 18, "An error occurred while parsing EntityName. Line 5, position 18.");
        (await service.MailboxAsync()).Should().BeNull();
    }

    [Theory]
    [InlineData("klingon")]
    [InlineData("utf-7")]
    public async Task An_encoding_that_nobody_knows_or_may_use_is_told(string charset)
    {
        await using var service = await TestService.StartAsync();

        var answer = await service.PostAsync(Encoding.UTF8.GetBytes(EwsRequest.AddImGroup("Team")), "text/xml; charset=" + charset);

        answer.Should().BeSchemaFault(1, 1, $"System does not support '{charset}' encoding. Line 1, position 1.");
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
    public async Task Halves_of_characters_are_told_in_every_encoding(string charset, byte[] damage)
    {
        await using var service = await TestService.StartAsync();
        var request = EwsRequest.AddImGroup("Team").Replace("encoding=\"utf-8\"", "", StringComparison.Ordinal);
        var start = Encoding.GetEncoding(charset).GetBytes(request[..(request.IndexOf("Team", StringComparison.Ordinal) + 4)]);

        var answer = await service.PostAsync([.. start, .. damage], "text/xml; charset=" + charset);

        answer.Should().BeSchemaFault(5, 20, "Invalid character in the given encoding. Line 5, position 20.");
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("UTF-16")]
    [InlineData(null)]
    public async Task A_byte_order_mark_says_the_order_where_the_charset_leaves_it_open(string? charset)
    {
        await using var service = await TestService.StartAsync();
        var request = EwsRequest.AddImGroup("Team").Replace("utf-8", "utf-16", StringComparison.Ordinal);

        foreach (var encoding in new[] { Encoding.BigEndianUnicode, Encoding.Unicode })
        {
            byte[] body = [.. encoding.Preamble, .. encoding.GetBytes(request.Replace("Team", encoding.WebName, StringComparison.Ordinal))];
            (await service.PostAsync(body, charset is null ? "text/xml" : "text/xml; charset=" + charset)).Should().Succeed();
        }
    }

    [Fact]
    public async Task Of_a_request_that_cannot_be_read_the_spelling_is_searched_in_the_text()
    {
        await using var service = await TestService.StartAsync();

        var https = await service.PostAsync(EwsRequest.For("AddImGroup", "&", spelling: "https"));
        var http = await service.PostAsync("&");

        https.Text.Should().Contain("https://schemas.microsoft.com").And.NotContain("http://schemas.microsoft.com");
        http.Text.Should().Contain("http://schemas.microsoft.com").And.NotContain("https://schemas.microsoft.com");
    }

    /// <summary>
    /// Requests of all operations with one thing changed, and what .NET's validator says of each under Exchange's own schema:
    /// element removed, repeated, reordered, emptied, renamed, filled with what does not belong, attribute bad, missing or unknown.
    /// </summary>
    [Fact]
    public async Task Changed_requests_of_every_operation_are_told_as_under_Exchange_s_own_schema()
    {
        await using var service = await TestService.StartAsync();
        var cases = JsonSerializer.Deserialize<List<Mutation>>(Documents.ReadFile("Mutations.json"), JsonSerializerOptions.Web)!;
        var differences = new List<string>();

        foreach (var mutation in cases)
        {
            var answer = await service.PostAsync(mutation.Request);
            var told = answer.Xml.Descendants().FirstOrDefault(element => element.Name.LocalName == "MessageXml")?.Elements().Select(element => element.Value) ?? [];
            string[] expected = [$"{mutation.Line}", $"{mutation.Position}", mutation.Violation.Replace("{M}", M, StringComparison.Ordinal).Replace("{T}", T, StringComparison.Ordinal)];
            if (!told.SequenceEqual(expected))
                differences.Add($"{mutation.What} of {mutation.Body}: {string.Join(' ', expected)}, but {string.Join(' ', told)}");
        }

        cases.Should().HaveCountGreaterThan(200);
        cases.Select(mutation => mutation.Operation).Distinct().Should().BeEquivalentTo(OperationTableTests.Table.All.Select(operation => operation.Name));
        differences.Should().BeEmpty();
    }

    private static string Respell(string text) => text.Contains("https://", StringComparison.Ordinal)
        ? text.Replace("http://schemas.microsoft", "HTTPS", StringComparison.Ordinal).Replace("https://schemas.microsoft", "http://schemas.microsoft", StringComparison.Ordinal).Replace("HTTPS", "https://schemas.microsoft", StringComparison.Ordinal)
        : text.Replace("http://schemas.microsoft", "https://schemas.microsoft", StringComparison.Ordinal);

    private sealed record Mutation(string What, string Body, int Line, int Position, string Violation)
    {
        /// <summary>What stands between the prefix and the first blank or bracket.</summary>
        public string Operation => Body[3..Body.IndexOfAny([' ', '>', '/'])];

        public string Request => "<?xml version='1.0'?>\n<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' xmlns:t='" + T + "' xmlns:m='" + M
            + "' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>\n<s:Header>" + EwsRequest.Version.Replace('"', '\'') + "</s:Header>\n<s:Body>" + Body + "</s:Body></s:Envelope>";
    }
}
