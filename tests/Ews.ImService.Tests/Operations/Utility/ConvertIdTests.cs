using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests.Operations.Utility;

public sealed class ConvertIdTests
{
    private static readonly string[] Formats = ["EwsId", "EntryId", "HexEntryId", "StoreId", "OwaId"];

    [Theory]
    [InlineData("EwsId")]
    [InlineData("EntryId")]
    [InlineData("HexEntryId")]
    [InlineData("StoreId")]
    [InlineData("OwaId")]
    public async Task Converting_an_id_to_any_format_and_back_returns_the_same_id(string format)
    {
        await using var service = await TestService.StartAsync();
        var itemId = await service.AddContactAsync("a@contoso.com");
        var folderId = MailboxFolder.Contacts.Id((await service.MailboxAsync())!.MailboxGuid);

        foreach (var id in new[] { itemId, folderId })
        {
            var there = (await service.PostAsync(Convert("EwsId", id, format))).Should().Succeed();
            there.All("AlternateId").Single().Attribute("Format")!.Value.Should().Be(format);
            there.All("AlternateId").Single().Attribute("Mailbox")!.Value.Should().Be("user@contoso.com");
            (await service.PostAsync(Convert(format, there.Id("AlternateId"), "EwsId"))).Should().Succeed().Id("AlternateId")
                .Should().Be(id);
        }
    }

    [Fact]
    public async Task Converted_ids_have_the_form_of_their_format()
    {
        await using var service = await TestService.StartAsync();
        var id = await service.AddContactAsync("a@contoso.com");

        (await service.PostAsync(Convert("EwsId", id, "HexEntryId"))).Id("AlternateId")
            .Should().HaveLength(140).And.MatchRegex("^[0-9A-F]*$");
        (await service.PostAsync(Convert("EwsId", id, "StoreId"))).Id("AlternateId").Should().StartWith("RgAAAA");
        (await service.PostAsync(Convert("EwsId", id, "OwaId"))).Id("AlternateId")
            .Should().StartWith("RgAAAA").And.NotContainAny("+", "/", "=");
    }

    [Fact]
    public async Task An_id_that_cannot_be_converted_returns_its_error_code()
    {
        await using var service = await TestService.StartAsync();
        var id = await service.AddContactAsync("a@contoso.com");
        var personaId = StoreId.ForPersona(Guid.NewGuid(), Guid.NewGuid());

        (await service.PostAsync(Convert("EwsId", "DUMMY", "EntryId", "DUMMY")))
            .Should().BeError("ErrorInvalidSmtpAddress", "The SMTP address format is invalid.");
        foreach (var format in Formats)
        {
            (await service.PostAsync(Convert(format, "DUMMY", "EwsId"))).Should().BeError("ErrorInvalidIdMalformed", "Id is malformed.");
            (await service.PostAsync(Convert(format, "", "EwsId"))).Should().BeError("ErrorInvalidIdEmpty", "Id must be non-empty.");
        }

        string[] requests =
            [Convert("EwsLegacyId", id, "EwsId"), Convert("EwsId", id, "EwsLegacyId"), Convert("EwsId", personaId, "EntryId")];
        foreach (var request in requests)
        {
            (await service.PostAsync(request))
                .Should().BeError("ErrorUnsupportedTypeForConversion", "The identifier cannot be converted to or from this format.");
        }

        (await service.PostAsync(EwsRequest.For(
            "ConvertId",
            "<m:SourceIds><t:AlternatePublicFolderId Format='EwsId' FolderId='a'/></m:SourceIds>",
            attributes: " DestinationFormat='EwsId'")))
            .Should().BeError("ErrorUnsupportedTypeForConversion", "The identifier cannot be converted to or from this format.");
    }

    [Theory]
    [InlineData("Exchange2007", "ErrorIncorrectSchemaVersion")]
    [InlineData("Exchange2007_SP1", "NoError")]
    [InlineData("Exchange2010_SP2", "NoError")]
    [InlineData("Exchange2016", "NoError")]
    public async Task Converting_an_id_requires_Exchange_2007_SP1(string version, string code)
    {
        await using var service = await TestService.StartAsync();
        var id = await service.AddContactAsync("a@contoso.com");

        var response = await service.PostAsync(Convert("EwsId", id, "EntryId").Replace(
            "Version=\"Exchange2013\"", $"Version=\"{version}\"", StringComparison.Ordinal));

        response.Value("ResponseCode").Should().Be(code);
    }

    private static string Convert(string format, string id, string destination, string mailbox = "user@contoso.com") => EwsRequest.For(
        "ConvertId",
        $"<m:SourceIds><t:AlternateId Format='{format}' Id='{id}' Mailbox='{mailbox}'/></m:SourceIds>",
        attributes: $" DestinationFormat='{destination}'");
}
