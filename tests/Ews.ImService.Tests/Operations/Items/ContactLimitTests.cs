namespace Ews.ImService.Tests.Operations.Items;

public sealed class ContactLimitTests
{
    private const string NotSaved = "Item save operation did not succeed.";
    private const string NotUpdated = "Property update did not succeed.";

    [Theory]
    [InlineData("item:Subject", "Subject", 255)]
    [InlineData("contacts:GivenName", "GivenName", 256)]
    [InlineData("contacts:MiddleName", "MiddleName", 256)]
    [InlineData("contacts:Surname", "Surname", 256)]
    public async Task A_text_above_its_limit_is_rejected(string path, string element, int max)
    {
        await using var service = await TestService.StartAsync();
        var longest = $"<t:{element}>{new string('a', max)}</t:{element}>";
        var tooLong = $"<t:{element}>{new string('a', max + 1)}</t:{element}>";
        var id = (await service.PostAsync(EwsRequest.CreateItem(longest))).Should().Succeed().Id("ItemId");
        (await service.PostAsync(EwsRequest.UpdateItem(id, EwsRequest.SetField(path, longest)))).Should().Succeed();

        var notSaved = await service.PostWithoutEffectAsync(EwsRequest.CreateItem(tooLong));
        var notUpdated = await service.PostWithoutEffectAsync(EwsRequest.UpdateItem(id, EwsRequest.SetField(path, tooLong)));

        notSaved.Should().BeError("ErrorItemSavePropertyError", NotSaved).All("FieldURI").Single().Attribute("FieldURI")!.Value
            .Should().Be(path);
        notUpdated.Should().BeError("ErrorPropertyUpdate", NotUpdated).All("FieldURI").Single().Attribute("FieldURI")!.Value
            .Should().Be(path);
    }

    [Fact]
    public async Task A_limit_applies_to_the_extended_name_of_a_property()
    {
        await using var service = await TestService.StartAsync();

        (await service.PostWithoutEffectAsync(EwsRequest.CreateItem(
            "<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag='0x0037' PropertyType='String'/>"
                + $"<t:Value>{new string('a', 256)}</t:Value></t:ExtendedProperty>")))
            .Should().BeError("ErrorItemSavePropertyError", NotSaved);
    }

    [Fact]
    public async Task A_category_has_at_most_255_characters()
    {
        await using var service = await TestService.StartAsync();

        (await service.PostWithoutEffectAsync(EwsRequest.CreateItem(
            $"<t:Categories><t:String>a</t:String><t:String>{new string('a', 256)}</t:String></t:Categories>")))
            .Should().BeError("ErrorItemSavePropertyError", NotSaved);
    }

    [Theory]
    [InlineData("contacts:Department", "<t:Department>{0}</t:Department>")]
    [InlineData("contacts:PhoneNumber:HomePhone", "<t:PhoneNumbers><t:Entry Key='HomePhone'>{0}</t:Entry></t:PhoneNumbers>")]
    public async Task Another_text_has_at_most_32767_characters(string path, string contact)
    {
        await using var service = await TestService.StartAsync();
        (await service.PostAsync(EwsRequest.CreateItem(contact.Replace("{0}", new string('a', 32767), StringComparison.Ordinal))))
            .Should().Succeed();

        var response = await service.PostWithoutEffectAsync(EwsRequest.CreateItem(
            contact.Replace("{0}", new string('a', 32768), StringComparison.Ordinal)));

        var named = response.Should().BeError("ErrorDataSizeLimitExceeded", "Property exceeds the maximum supported size.")
            .All("MessageXml").Single().Elements().Single();
        string.Join(':', named.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => attribute.Value))
            .Should().Be(path);
    }

    [Fact]
    public async Task A_body_and_binary_data_have_no_limit_of_their_own()
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.CreateItem(
            $"<t:Body BodyType='Text'>{new string('a', 100_000)}</t:Body>"
                + "<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag='0x6001' PropertyType='Binary'/>"
                + $"<t:Value>{new string('A', 100_000)}</t:Value></t:ExtendedProperty>"))).Should().Succeed();
    }

    [Fact]
    public async Task A_flag_cannot_be_completed_in_the_future()
    {
        await using var service = await TestService.StartAsync();
        const string flag = "<t:Flag><t:FlagStatus>Complete</t:FlagStatus><t:CompleteDate>2999-01-01T00:00:00Z</t:CompleteDate></t:Flag>";
        var id = (await service.PostAsync(EwsRequest.CreateItem(""))).Should().Succeed().Id("ItemId");

        (await service.PostWithoutEffectAsync(EwsRequest.CreateItem(flag)))
            .Should().BeError("ErrorInvalidCompleteDate", "Complete date cannot be set in the future.");
        (await service.PostWithoutEffectAsync(EwsRequest.UpdateItem(id, EwsRequest.SetField("item:Flag", flag))))
            .Should().BeError("ErrorInvalidCompleteDate", "Complete date cannot be set in the future.");
    }
}
