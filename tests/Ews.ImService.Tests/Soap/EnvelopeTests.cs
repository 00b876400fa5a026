using System.Text;

namespace Ews.ImService.Tests.Soap;

public sealed class EnvelopeTests
{
    private const string Invalid = "The request is invalid.";
    private const string Team = "<m:AddImGroup><m:DisplayName>Team</m:DisplayName></m:AddImGroup>";
    private const string Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    private const string Soap12 = "http://www.w3.org/2003/05/soap-envelope";
    private const string Types = "http://schemas.microsoft.com/exchange/services/2006/types";
    private const string Messages = "http://schemas.microsoft.com/exchange/services/2006/messages";
    private const string Namespaces = $"xmlns:s='{Soap}' xmlns:t='{Types}' xmlns:m='{Messages}'";
    private const string Header = "<s:Header>" + EwsRequest.Version + "</s:Header>";

    [Theory]
    [InlineData("<a/>")]
    [InlineData("<s:Body>" + Team + "</s:Body>")]
    [InlineData("<s:Envelope " + Namespaces + ">" + Header + "</s:Envelope>")]
    [InlineData("<s:Envelope " + Namespaces + ">" + Header + Header + "<s:Body>" + Team + "</s:Body></s:Envelope>")]
    [InlineData("<s:Envelope " + Namespaces + ">" + Header + "<s:Body>" + Team + "</s:Body><s:Body>" + Team + "</s:Body></s:Envelope>")]
    [InlineData("<s:Envelope " + Namespaces + "><s:Body>" + Team + "</s:Body>" + Header + "</s:Envelope>")]
    [InlineData("<s:Envelope " + Namespaces + ">text" + Header + "<s:Body>" + Team + "</s:Body></s:Envelope>")]
    [InlineData("<s:Envelope " + Namespaces + ">" + Header + "<s:Body>text" + Team + "</s:Body></s:Envelope>")]
    [InlineData("<s:Envelope " + Namespaces + "><t:First/>" + Header + "<s:Body>" + Team + "</s:Body></s:Envelope>")]
    [InlineData("<s:Envelope " + Namespaces + ">" + Header + "<s:Body></s:Body></s:Envelope>")]
    [InlineData("<s:Envelope " + Namespaces + ">" + Header + "<s:Body/></s:Envelope>")]
    [InlineData("<s:Envelope " + Namespaces + ">" + Header + "<s:Body>" + Team + Team + "</s:Body></s:Envelope>")]
    [InlineData("<s:Envelope " + Namespaces + ">" + Header + "<s:Body><m:addimgroup/></s:Body></s:Envelope>")]
    [InlineData("<s:Envelope " + Namespaces + ">" + Header + "<s:Body><t:AddImGroup/></s:Body></s:Envelope>")]
    [InlineData("<s:Envelope " + Namespaces + ">" + Header + "<s:Body><AddImGroup/></s:Body></s:Envelope>")]
    [InlineData("<s:Envelope " + Namespaces + ">" + Header + "<s:Body><m:Nothing/></s:Body></s:Envelope>")]
    [InlineData("<e:Envelope xmlns:e='" + Soap12 + "' " + Namespaces + "><e:Body>" + Team + "</e:Body></e:Envelope>")]
    public async Task Anything_but_an_envelope_with_one_operation_returns_ErrorInvalidRequest(string body)
    {
        await using var service = await TestService.StartAsync();
        var request = body.StartsWith("<s:Body>", StringComparison.Ordinal) ? $"<s:Body {Namespaces}>{body["<s:Body>".Length..]}" : body;

        var response = await service.PostWithoutEffectAsync(request);

        response.Should().BeFault("ErrorInvalidRequest", Invalid);
        (await service.MailboxAsync()).Should().BeNull();
    }

    [Theory]
    [InlineData(
        "<?xml version='1.0'?>\r\n<s:Envelope " + Namespaces + ">\r\n<!-- c -->" + Header
        + "<?p i?><s:Body>\r\n<!-- c -->" + Team + "</s:Body></s:Envelope>")]
    [InlineData("<s:Envelope " + Namespaces + ">" + Header + "<s:Body>" + Team + "</s:Body><t:After>text</t:After></s:Envelope>")]
    [InlineData(
        "<s:Envelope xml:space='preserve' " + Namespaces + ">" + Header + "<s:Body xml:lang='en'>"
        + "<m:AddImGroup xml:space='default'><m:DisplayName>Team</m:DisplayName></m:AddImGroup></s:Body></s:Envelope>")]
    [InlineData(
        "<Envelope xmlns='" + Soap + "'><Header><RequestServerVersion Version='Exchange2013' xmlns='" + Types + "'/></Header>"
        + "<Body><AddImGroup xmlns='" + Messages + "'><DisplayName>Team</DisplayName></AddImGroup></Body></Envelope>")]
    public async Task Prefixes_comments_instructions_and_trailing_space_are_ignored(string body)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(body);

        response.Should().Succeed();
        (await service.MailboxAsync())!.HasGroupNamed("Team").Should().BeTrue();
    }

    [Theory]
    [InlineData("FindConversation", "FindConversation")]
    [InlineData("GetInboxRules", "GetInboxRules")]
    [InlineData("SearchMailboxesRequest", "SearchMailboxes")]
    public async Task An_unsupported_operation_of_Exchange_is_named_in_the_fault(string element, string operation)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(EwsRequest.For(element, ""));

        response.Should().BeFault(
            "ErrorInvalidOperation", $"The requested operation is invalid. The operation {operation} is not available on this server.");
    }

    [Theory]
    [InlineData("GetNothing")]
    [InlineData("GetNothingRequest")]
    [InlineData("Request")]
    public async Task An_element_that_is_not_an_operation_of_Exchange_is_an_invalid_request(string element)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.For(element, ""))).Should().BeFault("ErrorInvalidRequest", Invalid);
    }

    [Fact]
    public async Task The_body_determines_the_operation_regardless_of_SOAPAction()
    {
        await using var service = await TestService.StartAsync();
        service.Client.DefaultRequestHeaders.Add("SOAPAction", $"\"{Messages}/SetImGroup\"");

        var response = await service.PostAsync(EwsRequest.AddImGroup("Team"));

        response.Should().Succeed().Xml.Descendants().Should().Contain(e => e.Name.LocalName == "AddImGroupResponse");
    }

    [Fact]
    public async Task Too_many_nested_elements_or_attributes_are_rejected()
    {
        await using var service = await TestService.StartAsync();
        var deep = string.Concat(Enumerable.Repeat("<t:a>", 70)) + string.Concat(Enumerable.Repeat("</t:a>", 70));
        var wide = "<t:a " + string.Concat(Enumerable.Range(0, 70).Select(i => $"a{i}='' ")) + "/>";

        foreach (var header in new[] { deep, wide })
        {
            var response = await service.PostWithoutEffectAsync(EwsRequest.AddImGroup("Team", EwsRequest.Version + header));
            response.Should().BeFault("ErrorInvalidRequest", Invalid);
        }
    }

    [Theory]
    [InlineData("utf-16", "utf-16")]
    [InlineData("iso-8859-1", "iso-8859-1")]
    [InlineData("utf-8", "UTF-8")]
    [InlineData("utf-8", "\"utf-8\"")]
    public async Task The_charset_parameter_determines_the_encoding(string encoding, string charset)
    {
        await using var service = await TestService.StartAsync();

        var bytes = Encoding.GetEncoding(encoding).GetBytes(EwsRequest.AddImGroup("Café"));

        var response = await service.PostAsync(bytes, $"text/xml; charset={charset}");

        response.Should().Succeed().Value("DisplayName").Should().Be("Café");
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-8", true)]
    [InlineData("iso-8859-1", false)]
    public async Task Without_a_charset_the_byte_order_mark_or_the_declaration_determines_the_encoding(string encoding, bool withMark)
    {
        await using var service = await TestService.StartAsync();
        var chosen = Encoding.GetEncoding(encoding);
        var text = EwsRequest.AddImGroup("Café").Replace("encoding=\"utf-8\"", $"encoding=\"{encoding}\"", StringComparison.Ordinal);

        var response = await service.PostAsync([.. withMark ? chosen.GetPreamble() : [], .. chosen.GetBytes(text)], "text/xml");

        response.Should().Succeed().Value("DisplayName").Should().Be("Café");
    }
}
