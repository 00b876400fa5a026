namespace Ews.ImService.Tests.Soap;

/// <summary>In these requests, line 5 is the content of the operation; its end tag is on line 6.</summary>
public sealed class SchemaViolationTests
{
    private const string M = "http://schemas.microsoft.com/exchange/services/2006/messages";
    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";
    private const string T = "http://schemas.microsoft.com/exchange/services/2006/types";

    [Theory]
    [InlineData(
        "AddImGroup", "<m:DisplayName></m:DisplayName>", 5, 18,
        $"The '{M}:DisplayName' element is invalid - The value '' is invalid according to its datatype '{T}:NonEmptyStringType' - "
            + $"The actual length is less than the MinLength value.")]
    [InlineData(
        "AddImGroup", "<m:DisplayName/>", 5, 2,
        $"The '{M}:DisplayName' element is invalid - The value '' is invalid according to its datatype '{T}:NonEmptyStringType' - "
            + $"The actual length is less than the MinLength value.")]
    [InlineData(
        "AddImGroup", "", 6, 3,
        $"The element 'AddImGroup' in namespace '{M}' has incomplete content. List of possible elements expected: 'DisplayName' in "
            + $"namespace '{M}'.")]
    [InlineData(
        "SetImGroup", "<m:NewDisplayName>a</m:NewDisplayName>", 5, 2,
        $"The element 'SetImGroup' in namespace '{M}' has invalid child element 'NewDisplayName' in namespace '{M}'. List of "
            + $"possible elements expected: 'GroupId' in namespace '{M}'.")]
    [InlineData(
        "AddImGroup", "<m:DisplayName>a</m:DisplayName><m:Foo/>", 5, 34,
        $"The element 'AddImGroup' in namespace '{M}' has invalid child element 'Foo' in namespace '{M}'.")]
    [InlineData(
        "AddImGroup", "<m:DisplayName>a</m:DisplayName><m:DisplayName>b</m:DisplayName>", 5, 34,
        $"The element 'AddImGroup' in namespace '{M}' has invalid child element 'DisplayName' in namespace '{M}'.")]
    [InlineData("SetImGroup", "<m:GroupId/><m:NewDisplayName>a</m:NewDisplayName>", 5, 2, "The required attribute 'Id' is missing.")]
    [InlineData(
        "SetImGroup", "<m:GroupId Id='a' Foo='b'/><m:NewDisplayName>a</m:NewDisplayName>", 5, 19, "The 'Foo' attribute is not declared.")]
    [InlineData("SetImGroup", "<m:GroupId Foo='b'/><m:NewDisplayName>a</m:NewDisplayName>", 5, 12, "The 'Foo' attribute is not declared.")]
    [InlineData(
        "SetImGroup", "<m:GroupId Id='a' xmlns:q='urn:q' q:Foo='b'/><m:NewDisplayName>a</m:NewDisplayName>", 5, 35,
        "The 'urn:q:Foo' attribute is not declared.")]
    [InlineData(
        "AddImGroup", "text", 4, 15,
        $"The element 'AddImGroup' in namespace '{M}' cannot contain text. List of possible elements expected: 'DisplayName' in "
            + $"namespace '{M}'.")]
    [InlineData(
        "AddImGroup", "<m:DisplayName>a</m:DisplayName>text", 5, 33, $"The element 'AddImGroup' in namespace '{M}' cannot contain text.")]
    [InlineData(
        "SetImGroup", "<m:GroupId Id='a'>text</m:GroupId><m:NewDisplayName>a</m:NewDisplayName>", 5, 19,
        "The element cannot contain text. Content model is empty.")]
    [InlineData(
        "SetImGroup", "<m:GroupId Id='a'><![CDATA[]]></m:GroupId><m:NewDisplayName>a</m:NewDisplayName>", 5, 28,
        "The element cannot contain text. Content model is empty.")]
    [InlineData(
        "SetImGroup", "<m:GroupId Id='a'>\n</m:GroupId><m:NewDisplayName>a</m:NewDisplayName>", 5, 19,
        "The element cannot contain whitespace. Content model is empty.")]
    [InlineData(
        "SetImGroup", "<m:GroupId Id='a'><t:b/></m:GroupId><m:NewDisplayName>a</m:NewDisplayName>", 5, 20,
        $"The element '{M}:GroupId' cannot contain child element '{T}:b' because the parent element's content model is empty.")]
    [InlineData(
        "AddImGroup", "<m:DisplayName>a<t:b/></m:DisplayName>", 5, 18,
        $"The element '{M}:DisplayName' cannot contain child element '{T}:b' because the parent element's content model is text only.")]
    [InlineData(
        "AddImGroup", "<m:DisplayName xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:nil='true'/>", 5, 2,
        "If the 'nillable' attribute is false in the schema, the 'xsi:nil' attribute must not be present in the instance.")]
    [InlineData(
        "AddNewImContactToGroup", "<m:ImAddress>a</m:ImAddress><m:GroupId Id='a'/><m:DisplayName>a</m:DisplayName>", 5, 49,
        $"The element 'AddNewImContactToGroup' in namespace '{M}' has invalid child element 'DisplayName' in namespace '{M}'.")]
    [InlineData(
        "RemoveImContactFromGroup", "<m:ContactId Id='a'/>", 6, 3,
        $"The element 'RemoveImContactFromGroup' in namespace '{M}' has incomplete content. List of possible elements expected: "
            + $"'GroupId' in namespace '{M}'.")]
    [InlineData(
        "AddImContactToGroup", "<m:GroupId Id='a'/>", 5, 2,
        $"The element 'AddImContactToGroup' in namespace '{M}' has invalid child element 'GroupId' in namespace '{M}'. List of "
            + $"possible elements expected: 'ContactId' in namespace '{M}'.")]
    [InlineData(
        "AddImGroup", "<h:DisplayName xmlns:h='https://schemas.microsoft.com/exchange/services/2006/messages'>a</h:DisplayName>", 5, 2,
        $"The element 'AddImGroup' in namespace '{M}' has invalid child element 'DisplayName' in namespace "
            + $"'https://schemas.microsoft.com/exchange/services/2006/messages'. List of possible elements expected: 'DisplayName' in "
            + $"namespace '{M}'.")]
    public async Task A_violation_has_the_text_of_the_NET_validator_and_the_position_in_the_received_request(
        string operation, string content, int line, int position, string violation)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostWithoutEffectAsync(EwsRequest.For(operation, content));
        var respelled = await service.PostWithoutEffectAsync(EwsRequest.For(operation, Respell(content), spelling: "https"));

        response.Should().BeSchemaFault(line, position, violation);
        respelled.Should().BeSchemaFault(line, position, Respell(violation));
    }

    /// <remarks>The validator of .NET throws an exception for it instead of reporting a violation.</remarks>
    [Fact]
    public async Task A_nil_attribute_that_is_not_a_boolean_is_a_violation()
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostWithoutEffectAsync(
            EwsRequest.For(
                "GetUserAvailabilityRequest",
                "<m:MailboxDataArray><t:MailboxData xsi:nil='x'/></m:MailboxDataArray>",
                attributes: $" xmlns:xsi='{Instance}'"));

        response.Text.Should().Contain("a:ErrorSchemaValidation").And.Contain("The string 'x' is not a valid Boolean value.");
    }

    /// <remarks>The validator of .NET reports such elements only as a warning, and does not validate their content.</remarks>
    [Theory]
    [InlineData("FindPeople", " xsi:type='t:Unknown'", "<m:IndexedPageItemView/>", 4, 2)]
    [InlineData("AddImGroup", " xsi:type='t:Unknown'", "", 4, 2)]
    [InlineData("AddImGroup", " xsi:type=':'", "", 4, 2)]
    [InlineData(
        "UpdateItem",
        " ConflictResolution='AutoResolve'",
        "<m:ItemChanges><t:ItemChange xsi:type='t:Unknown'><t:Updates/></t:ItemChange></m:ItemChanges>",
        5,
        17)]
    [InlineData("GetItem", "", "<m:ItemShape xsi:type='t:Unknown'/>", 5, 2)]
    public async Task An_element_with_an_unknown_type_is_a_violation(
        string operation, string attributes, string content, int line, int position)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostWithoutEffectAsync(
            EwsRequest.For(operation, content, attributes: $" xmlns:xsi='{Instance}'{attributes}"));

        response.Value("ResponseCode").Should().Be("ErrorSchemaValidation");
        response.Number("LineNumber").Should().Be(line);
        response.Number("LinePosition").Should().Be(position);
    }

    /// <remarks>The envelope has no schema, so that its elements can have any type.</remarks>
    [Theory]
    [InlineData("Body", ":")]
    [InlineData("Body", "t:Unknown")]
    [InlineData("Body", "t:NonEmptyStringType")]
    [InlineData("Envelope", "t:Unknown")]
    [InlineData("Envelope", "t:NonEmptyStringType")]
    public async Task An_operation_in_an_envelope_with_a_type_is_validated_or_rejected(string part, string type)
    {
        await using var service = await TestService.StartAsync();
        var request = EwsRequest.For("AddImGroup", "<m:DisplayName/>")
            .Replace($"<s:{part}", $"<s:{part} xmlns:xsi='{Instance}' xsi:type='{type}'", StringComparison.Ordinal);

        var response = await service.PostWithoutEffectAsync(request);

        response.Value("ResponseCode").Should().Be("ErrorSchemaValidation");
    }

    private static string Respell(string text)
    {
        var (from, to) = text.Contains("https://", StringComparison.Ordinal) ? ("https://", "http://") : ("http://", "https://");
        return text.Replace(from + "schemas.microsoft", "*", StringComparison.Ordinal)
            .Replace(to + "schemas.microsoft", from + "schemas.microsoft", StringComparison.Ordinal)
            .Replace("*", to + "schemas.microsoft", StringComparison.Ordinal);
    }
}
