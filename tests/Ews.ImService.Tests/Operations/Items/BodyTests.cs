using System.Security;

namespace Ews.ImService.Tests.Operations.Items;

public sealed class BodyTests
{
    private const string Html = "<html><body><p onclick=\"x()\">Anna &amp; Ben</p><script>y()</script></body></html>";
    private const string SafeHtml = "<html><body><p>Anna &amp; Ben</p></body></html>";
    private const string HtmlStart =
        "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head><body>";

    [Theory]
    [InlineData(null, null, "Text", "")]
    [InlineData(null, "Text", "Text", "")]
    [InlineData(null, "HTML", "HTML", "")]
    [InlineData(null, "Best", "Text", "")]
    [InlineData("Text", null, "Text", "a < b")]
    [InlineData("Text", "Best", "Text", "a < b")]
    [InlineData("Text", "Text", "Text", "a < b")]
    [InlineData("Text", "HTML", "HTML", HtmlStart + "a &lt; b</body></html>")]
    [InlineData("HTML", null, "HTML", Html)]
    [InlineData("HTML", "Best", "HTML", Html)]
    [InlineData("HTML", "HTML", "HTML", Html)]
    [InlineData("HTML", "Text", "Text", "Anna & Ben\r\n")]
    public async Task The_body_has_the_requested_type(string? stored, string? requested, string type, string content)
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateAsync(service, stored, stored == "HTML" ? Html : "a < b");
        var options = requested is null ? "" : $"<t:BodyType>{requested}</t:BodyType>";

        var body = await BodyAsync(service, id, "Body", options);

        body.Should().Be((type, content));
        (await BodyAsync(service, id, "Body")).Should()
            .Be(stored == "HTML" ? ("HTML", Html) : ("Text", stored is null ? "" : "a < b"), "reading does not change the stored body");
    }

    [Fact]
    public async Task Filtered_HTML_has_no_scripts_and_text_is_not_changed()
    {
        await using var service = await TestService.StartAsync();
        var html = await CreateAsync(service, "HTML", Html);
        var text = await CreateAsync(service, "Text", "<script>x()</script>");
        const string filter = "<t:FilterHtmlContent>true</t:FilterHtmlContent>";

        (await BodyAsync(service, html, "Body", filter)).Should().Be(("HTML", SafeHtml));
        (await BodyAsync(service, html, "Body", filter.Replace("true", "false", StringComparison.Ordinal))).Should().Be(("HTML", Html));
        (await BodyAsync(service, text, "Body", filter)).Should().Be(("Text", "<script>x()</script>"));
    }

    [Theory]
    [InlineData("<p>a<svg/>b</p>c", "<p>ab</p>c")]
    [InlineData("a<object>b", "ab")]
    public async Task Filtered_HTML_keeps_what_follows_an_element_without_an_end_tag(string html, string filtered)
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateAsync(service, "HTML", html);

        (await BodyAsync(service, id, "Body", "<t:FilterHtmlContent>true</t:FilterHtmlContent>")).Should().Be(("HTML", filtered));
    }

    [Fact]
    public async Task Each_form_of_the_body_has_its_own_type()
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateAsync(service, "HTML", Html);
        const string options =
            "<t:BodyType>HTML</t:BodyType><t:UniqueBodyType>Text</t:UniqueBodyType><t:NormalizedBodyType>HTML</t:NormalizedBodyType>";

        (await BodyAsync(service, id, "TextBody", options)).Should().Be(("Text", "Anna & Ben\r\n"));
        (await BodyAsync(service, id, "UniqueBody", options)).Should().Be(("Text", "Anna & Ben\r\n"));
        (await BodyAsync(service, id, "UniqueBody")).Should().Be(("HTML", Html));
        (await BodyAsync(service, id, "NormalizedBody", options)).Should().Be(("HTML", SafeHtml));
        (await BodyAsync(service, id, "NormalizedBody")).Should().Be(("HTML", SafeHtml));
    }

    [Fact]
    public async Task Other_options_of_the_shape_change_returned_HTML()
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateAsync(
            service, "HTML", "<meta charset=\"iso-8859-1\"><a href=\"x\">a</a><img src=\"http://contoso.com/a.png\">");

        (await BodyAsync(service, id, "Body", "<t:ConvertHtmlCodePageToUTF8>false</t:ConvertHtmlCodePageToUTF8>"))
            .Content.Should().Contain("charset=\"iso-8859-1\"");
        (await BodyAsync(service, id, "Body")).Content.Should().Contain("charset=\"utf-8\"");
        (await BodyAsync(service, id, "Body", "<t:BlockExternalImages>true</t:BlockExternalImages>")).Content.Should().EndWith("<img>");
        (await BodyAsync(service, id, "Body", "<t:AddBlankTargetToLinks>true</t:AddBlankTargetToLinks>"))
            .Content.Should().Contain("target=\"_blank\"");
    }

    [Theory]
    [InlineData("<img src='/\\contoso.com/a.png'>", "<img>")]
    [InlineData("<td style='background: url(http://contoso.com/a.png)'>", "<td>")]
    [InlineData("<img srcset='cid:a, data:image/png;base64,AA== 2x'>", "<img srcset='cid:a, data:image/png;base64,AA== 2x'>")]
    public async Task External_images_are_blocked_wherever_HTML_refers_to_them(string html, string blocked)
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateAsync(service, "HTML", html);

        (await BodyAsync(service, id, "Body", "<t:BlockExternalImages>true</t:BlockExternalImages>")).Should().Be(("HTML", blocked));
    }

    [Fact]
    public async Task A_body_longer_than_the_maximum_size_is_truncated()
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateAsync(service, "Text", new string('a', 1025));

        var cut = (await service.PostAsync(EwsRequest.GetItem([id], options: "<t:MaximumBodySize>1</t:MaximumBodySize>")))
            .Should().Succeed().All("Body")[^1];
        var whole = (await service.PostAsync(EwsRequest.GetItem([id], options: "<t:MaximumBodySize>2</t:MaximumBodySize>")))
            .Should().Succeed().All("Body")[^1];

        cut.Value.Should().HaveLength(1024);
        cut.Attribute("IsTruncated")!.Value.Should().Be("true");
        whole.Value.Should().HaveLength(1025);
        whole.Attribute("IsTruncated").Should().BeNull();
    }

    [Fact]
    public async Task Filtered_HTML_is_truncated_between_tags()
    {
        await using var service = await TestService.StartAsync();
        var text = new string('a', 1015);
        var id = await CreateAsync(service, "HTML", $"{text}<p title=\"b\">c</p>");
        const string options = "<t:FilterHtmlContent>true</t:FilterHtmlContent><t:MaximumBodySize>1</t:MaximumBodySize>";

        (await BodyAsync(service, id, "Body", options)).Should().Be(("HTML", text));
    }

    [Fact]
    public async Task A_preview_is_the_start_of_the_text_and_also_a_search_result()
    {
        await using var service = await TestService.StartAsync();
        await CreateAsync(service, "HTML", "<p>" + new string('a', 300) + "</p>");

        (await service.PostAsync(EwsRequest.FindItem("contacts", "IdOnly", "<t:FieldURI FieldURI='item:Preview'/>")))
            .Should().Succeed().Value("Preview").Should().Be(new string('a', 256));
    }

    [Theory]
    [InlineData("Text", "one", "HTML", "<b>two</b>", "Text", "onetwo")]
    [InlineData("HTML", "<html><body>one</body></html>", "Text", "<two>", "HTML", "<html><body>one&lt;two&gt;</body></html>")]
    public async Task An_appended_body_is_converted_to_the_stored_type(
        string stored, string content, string type, string appended, string resultType, string result)
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateAsync(service, stored, content);

        (await service.PostAsync(EwsRequest.UpdateItem(
            id,
            "<t:AppendToItemField><t:FieldURI FieldURI='item:Body'/><t:Contact>"
                + $"<t:Body BodyType='{type}'>{SecurityElement.Escape(appended)}</t:Body></t:Contact></t:AppendToItemField>")))
            .Should().Succeed();

        (await BodyAsync(service, id, "Body")).Should().Be((resultType, result));
    }

    [Theory]
    [InlineData("0x1000", "String", "a & b", "Text", "a & b")]
    [InlineData("0x1013", "String", "<p>a</p>", "HTML", "<p>a</p>")]
    [InlineData("0x1013", "Binary", "PHA+YTwvcD4=", "HTML", "<p>a</p>")]
    public async Task The_body_is_also_a_MAPI_property(string tag, string propertyType, string value, string type, string content)
    {
        await using var service = await TestService.StartAsync();
        var field = $"<t:ExtendedFieldURI PropertyTag='{tag}' PropertyType='{propertyType}'/>";
        var id = (await service.PostAsync(EwsRequest.CreateItem(
            $"<t:ExtendedProperty>{field}<t:Value>{SecurityElement.Escape(value)}</t:Value></t:ExtendedProperty>"))).Should().Succeed()
            .Id("ItemId");

        (await BodyAsync(service, id, "Body")).Should().Be((type, content));
        (await service.PostAsync(EwsRequest.GetItem([id], "IdOnly", field))).Should().Succeed().Value("Value").Should().Be(value);
    }

    [Fact]
    public async Task The_MAPI_properties_of_the_body_are_converted_from_it()
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateAsync(service, "HTML", "<p>a</p>");

        var response = (await service.PostAsync(EwsRequest.GetItem(
            [id],
            "IdOnly",
            "<t:ExtendedFieldURI PropertyTag='0x1000' PropertyType='String'/>"
                + "<t:ExtendedFieldURI PropertyTag='0x1016' PropertyType='Integer'/>"))).Should().Succeed();

        response.All("Value").Select(value => value.Value).Should().Equal("a\r\n", "3");
    }

    private static async Task<string> CreateAsync(TestService service, string? type, string content)
    {
        var body = type is null ? "" : $"<t:Body BodyType='{type}'>{SecurityElement.Escape(content)}</t:Body>";
        return (await service.PostAsync(EwsRequest.CreateItem(body))).Should().Succeed().Id("ItemId");
    }

    private static async Task<(string Type, string Content)> BodyAsync(
        TestService service, string id, string element, string options = "")
    {
        var response = (await service.PostAsync(EwsRequest.GetItem(
            [id], "IdOnly", $"<t:FieldURI FieldURI='item:{element}'/>", options))).Should().Succeed();
        var body = response.All("Contact").Single().Elements().Single(part => part.Name.LocalName == element);
        return (body.Attribute("BodyType")!.Value, body.Value);
    }
}
