namespace Ews.ImService.Tests.Operations.Items;

public sealed class UpdateItemTests
{
    [Fact]
    public async Task Properties_are_set_deleted_and_appended()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem("""
            <t:Body BodyType="Text">one</t:Body><t:Categories><t:String>A</t:String></t:Categories><t:GivenName>Anna</t:GivenName>
            <t:EmailAddresses>
              <t:Entry Key="EmailAddress1">1@contoso.com</t:Entry><t:Entry Key="EmailAddress2">2@contoso.com</t:Entry>
            </t:EmailAddresses>
            <t:JobTitle>Clerk</t:JobTitle>
            """))).Should().Succeed().Id("ItemId");

        (await service.PostAsync(EwsRequest.UpdateItem(id, string.Concat(
            EwsRequest.SetField("contacts:GivenName", "<t:GivenName>Anne</t:GivenName>"),
            "<t:SetItemField><t:IndexedFieldURI FieldURI='contacts:EmailAddress' FieldIndex='EmailAddress1'/><t:Contact>"
                + "<t:EmailAddresses><t:Entry Key='EmailAddress1'>new@contoso.com</t:Entry></t:EmailAddresses></t:Contact>"
                + "</t:SetItemField>",
            "<t:SetItemField><t:IndexedFieldURI FieldURI='contacts:PhysicalAddress:City' FieldIndex='Home'/><t:Contact>"
                + "<t:PhysicalAddresses><t:Entry Key='Home'><t:City>Bonn</t:City></t:Entry></t:PhysicalAddresses></t:Contact>"
                + "</t:SetItemField>",
            "<t:SetItemField><t:ExtendedFieldURI PropertyTag='0x6001' PropertyType='String'/><t:Contact><t:ExtendedProperty>"
                + "<t:ExtendedFieldURI PropertyTag='24577' PropertyType='String'/><t:Value>x</t:Value></t:ExtendedProperty></t:Contact>"
                + "</t:SetItemField>",
            "<t:DeleteItemField><t:IndexedFieldURI FieldURI='contacts:EmailAddress' FieldIndex='EmailAddress2'/></t:DeleteItemField>",
            "<t:DeleteItemField><t:FieldURI FieldURI='contacts:JobTitle'/></t:DeleteItemField>",
            "<t:AppendToItemField><t:FieldURI FieldURI='item:Body'/><t:Contact><t:Body BodyType='Text'> two</t:Body></t:Contact>"
                + "</t:AppendToItemField>",
            "<t:SetItemField><t:FieldURI FieldURI='item:Categories'/><t:Item><t:Categories><t:String>A</t:String><t:String>B</t:String>"
                + "</t:Categories></t:Item></t:SetItemField>"))))
                .Should().Succeed();

        var response = (await service.PostAsync(EwsRequest.GetItem(
            [id], additional: "<t:ExtendedFieldURI PropertyTag='0x6001' PropertyType='String'/>")))
            .Should().Succeed();
        response.All("GivenName").Single().Value.Should().Be("Anne");
        response.All("Body").Single(body => body.HasAttributes && body.Attribute("BodyType") is not null).Value.Should().Be("one two");
        response.All("String").Select(category => category.Value).Should().Equal("A", "B");
        response.Value("City").Should().Be("Bonn");
        response.All("Value").Single().Value.Should().Be("x");
        response.All("JobTitle").Should().BeEmpty();
        response.All("Entry").Select(entry => entry.Value).Should().Equal("new@contoso.com", "Bonn");
    }

    [Fact]
    public async Task A_dictionary_is_replaced_and_deleted_as_a_whole()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(
            "<t:PhoneNumbers><t:Entry Key='HomePhone'>1</t:Entry><t:Entry Key='Pager'>2</t:Entry></t:PhoneNumbers>"))).Id("ItemId");

        (await service.PostAsync(EwsRequest.UpdateItem(id, EwsRequest.SetField(
            "contacts:PhoneNumbers",
            "<t:PhoneNumbers><t:Entry Key='MobilePhone'>3</t:Entry><t:Entry Key='Pager'>4</t:Entry></t:PhoneNumbers>"))))
            .Should().Succeed();

        (await service.PostAsync(EwsRequest.GetItem([id]))).All("Entry").Select(entry => entry.Value).Should().BeEquivalentTo("3", "4");
        (await service.PostAsync(EwsRequest.UpdateItem(
            id, "<t:DeleteItemField><t:FieldURI FieldURI='contacts:PhoneNumbers'/></t:DeleteItemField>"))).Should().Succeed();
        (await service.PostAsync(EwsRequest.GetItem([id]))).All("Entry").Should().BeEmpty();
    }

    [Fact]
    public async Task Setting_a_part_of_a_postal_address_to_an_empty_text_deletes_it()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(
            "<t:PhysicalAddresses><t:Entry Key='Home'><t:City>Bonn</t:City></t:Entry></t:PhysicalAddresses>"))).Id("ItemId");

        (await service.PostAsync(EwsRequest.UpdateItem(
            id,
            "<t:SetItemField><t:IndexedFieldURI FieldURI='contacts:PhysicalAddress:City' FieldIndex='Home'/><t:Contact>"
                + "<t:PhysicalAddresses><t:Entry Key='Home'><t:City/></t:Entry></t:PhysicalAddresses></t:Contact></t:SetItemField>")))
            .Should().Succeed();

        (await service.PostAsync(EwsRequest.GetItem([id]))).All("PhysicalAddresses").Should().BeEmpty();
    }

    [Fact]
    public async Task Setting_an_address_to_an_empty_text_deletes_it()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(
            "<t:EmailAddresses><t:Entry Key='EmailAddress1'>a@contoso.com</t:Entry><t:Entry Key='EmailAddress2'/>"
                + "</t:EmailAddresses>"))).Id("ItemId");
        (await service.PostAsync(EwsRequest.GetItem([id]))).Should().Succeed().Value("Entry").Should().Be("a@contoso.com");

        (await service.PostAsync(EwsRequest.UpdateItem(
            id,
            "<t:SetItemField><t:IndexedFieldURI FieldURI='contacts:EmailAddress' FieldIndex='EmailAddress1'/><t:Contact>"
                + "<t:EmailAddresses><t:Entry Key='EmailAddress1'/></t:EmailAddresses></t:Contact></t:SetItemField>")))
            .Should().Succeed();

        (await service.PostAsync(EwsRequest.GetItem([id]))).Should().Succeed().All("Entry").Should().BeEmpty();
    }

    [Fact]
    public async Task Attributes_about_user_activity_are_ignored()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem("<t:GivenName>A</t:GivenName>"))).Id("ItemId");
        const string activity =
            "</t:Updates><t:CalendarActivityData><t:ActivityAction>a</t:ActivityAction><t:ClientId>b</t:ClientId>"
                + "<t:CasRequestId>0f8fad5b-d9cb-469f-a165-70867728950e</t:CasRequestId><t:IndexSelected>0</t:IndexSelected>"
                + "</t:CalendarActivityData>";

        var request = EwsRequest.UpdateItem(id, EwsRequest.SetField("contacts:GivenName", "<t:GivenName>B</t:GivenName>"))
            .Replace("</t:Updates>", activity, StringComparison.Ordinal);

        (await service.PostAsync(request)).Should().Succeed();
        (await service.PostAsync(EwsRequest.GetItem([id]))).All("GivenName").Single().Value.Should().Be("B");
    }

    [Fact]
    public async Task An_update_assigns_a_new_change_key_and_keeps_the_id()
    {
        await using var service = await TestService.StartAsync();
        var made = (await service.PostAsync(EwsRequest.CreateItem("<t:GivenName>A</t:GivenName>"))).All("ItemId").Single();

        var changed = (await service.PostAsync(EwsRequest.UpdateItem(made.Attribute("Id")!.Value, EwsRequest.SetField(
            "contacts:GivenName", "<t:GivenName>B</t:GivenName>"))))
            .Should().Succeed();

        changed.Id("ItemId").Should().Be(made.Attribute("Id")!.Value);
        changed.All("ItemId").Single().Attribute("ChangeKey")!.Value.Should().NotBe(made.Attribute("ChangeKey")!.Value);
        changed.Value("Count").Should().Be("0");
    }

    [Theory]
    [InlineData("AlwaysOverwrite", "", "NoError")]
    [InlineData("AlwaysOverwrite", "stale", "NoError")]
    [InlineData("AutoResolve", "", "ErrorChangeKeyRequiredForWriteOperations")]
    [InlineData("AutoResolve", "stale", "NoError")]
    [InlineData("AutoResolve", "current", "NoError")]
    [InlineData("NeverOverwrite", "", "ErrorChangeKeyRequiredForWriteOperations")]
    [InlineData("NeverOverwrite", "stale", "ErrorIrresolvableConflict")]
    [InlineData("NeverOverwrite", "current", "NoError")]
    [InlineData("AlwaysOverwrite", "not base64", "ErrorInvalidChangeKey")]
    [InlineData("AutoResolve", "not base64", "ErrorInvalidChangeKey")]
    [InlineData("NeverOverwrite", "not base64", "ErrorInvalidChangeKey")]
    public async Task The_conflict_resolution_determines_whether_the_change_key_is_checked(string resolution, string changeKey, string code)
    {
        await using var service = await TestService.StartAsync();
        var made = (await service.PostAsync(EwsRequest.CreateItem("<t:GivenName>A</t:GivenName>"))).All("ItemId").Single();
        var id = made.Attribute("Id")!.Value;
        var changed =
            await service.PostAsync(EwsRequest.UpdateItem(id, EwsRequest.SetField("contacts:GivenName", "<t:GivenName>B</t:GivenName>")));
        var key =
            changeKey == "stale" ? made.Attribute("ChangeKey")!.Value
            : changeKey == "current" ? changed.All("ItemId").Single().Attribute("ChangeKey")!.Value
            : changeKey;

        var response = await service.PostAsync(EwsRequest.UpdateItem(id, EwsRequest.SetField(
            "contacts:GivenName", "<t:GivenName>C</t:GivenName>"), resolution, key));

        response.Codes().Should().Equal(code);
        (await service.PostAsync(EwsRequest.GetItem([id]))).Value("GivenName").Should().Be(code == "NoError" ? "C" : "B");
    }

    [Theory]
    [InlineData("AutoResolve")]
    [InlineData("AlwaysOverwrite")]
    public async Task The_later_change_prevails_and_the_conflicts_are_counted(string resolution)
    {
        await using var service = await TestService.StartAsync();
        var made = (await service.PostAsync(EwsRequest.CreateItem("<t:GivenName>A</t:GivenName><t:Surname>S</t:Surname>")))
            .All("ItemId").Single();
        var (id, stale) = (made.Attribute("Id")!.Value, made.Attribute("ChangeKey")!.Value);
        var current = (await service.PostAsync(EwsRequest.UpdateItem(
            id, EwsRequest.SetField("contacts:GivenName", "<t:GivenName>B</t:GivenName>")))).Should().Succeed().ChangeKey();

        var conflict = await service.PostAsync(EwsRequest.UpdateItem(
            id,
            EwsRequest.SetField("contacts:GivenName", "<t:GivenName>C</t:GivenName>")
                + EwsRequest.SetField("contacts:Surname", "<t:Surname>S</t:Surname>"),
            resolution,
            stale));
        var noConflict = await service.PostAsync(EwsRequest.UpdateItem(
            id, EwsRequest.SetField("contacts:GivenName", "<t:GivenName>D</t:GivenName>"), resolution, conflict.ChangeKey()));

        conflict.Should().Succeed().Value("Count").Should().Be("1");
        conflict.ChangeKey().Should().NotBe(current);
        noConflict.Should().Succeed().Value("Count").Should().Be("0");
        (await service.PostAsync(EwsRequest.GetItem([id]))).All("GivenName").Single().Value.Should().Be("D");
    }

    [Fact]
    public async Task An_empty_change_key_is_invalid()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem("<t:GivenName>A</t:GivenName>"))).Id("ItemId");
        var request = EwsRequest.UpdateItem(
            id, EwsRequest.SetField("contacts:GivenName", "<t:GivenName>B</t:GivenName>"), "AutoResolve", "key");

        (await service.PostWithoutEffectAsync(request.Replace("ChangeKey=\"key\"", "ChangeKey=\"\"", StringComparison.Ordinal)))
            .Should().BeError("ErrorInvalidChangeKey", "The change key is invalid.");
    }

    [Fact]
    public async Task An_update_without_a_difference_assigns_a_new_change_key()
    {
        await using var service = await TestService.StartAsync();
        var made = await service.PostAsync(EwsRequest.CreateItem("<t:GivenName>A</t:GivenName>"));

        var updated = (await service.PostAsync(EwsRequest.UpdateItem(
            made.Id("ItemId"), EwsRequest.SetField("contacts:GivenName", "<t:GivenName>A</t:GivenName>")))).Should().Succeed();

        updated.ChangeKey().Should().NotBe(made.ChangeKey());
    }

    [Theory]
    [InlineData("MessageDisposition='SendOnly'", "")]
    [InlineData("SendMeetingInvitationsOrCancellations='SendOnlyToAll'", "")]
    [InlineData("SuppressReadReceipts='true'", "")]
    [InlineData("", "<m:SavedItemFolderId><t:DistinguishedFolderId Id='inbox'/></m:SavedItemFolderId>")]
    public async Task The_parts_of_an_update_that_apply_to_other_kinds_of_items_are_ignored(string attribute, string element)
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem("<t:GivenName>A</t:GivenName>"))).Id("ItemId");
        var request = EwsRequest.UpdateItem(id, EwsRequest.SetField("contacts:GivenName", "<t:GivenName>B</t:GivenName>"))
            .Replace(" ConflictResolution", $" {attribute} ConflictResolution", StringComparison.Ordinal)
            .Replace("<m:ItemChanges>", element + "<m:ItemChanges>", StringComparison.Ordinal);

        (await service.PostAsync(request)).Should().Succeed();

        (await service.PostAsync(EwsRequest.FindItem("contacts"))).Should().Succeed().All("GivenName").Single().Value.Should().Be("B");
    }

    [Fact]
    public async Task The_persona_of_a_renamed_IM_contact_has_the_new_name()
    {
        await using var service = await TestService.StartAsync();
        var id = await service.AddContactAsync("anna@contoso.com");
        var before = (await service.PostAsync(EwsRequest.GetImItemList())).All("SourceId").Single().Attribute("ChangeKey")!.Value;

        (await service.PostAsync(EwsRequest.UpdateItem(id, EwsRequest.SetField(
            "contacts:DisplayName", "<t:DisplayName>Anna</t:DisplayName>"))))
            .Should().Succeed();

        var list = (await service.PostAsync(EwsRequest.GetImItemList())).Should().Succeed();
        list.Value("DisplayNameFirstLast").Should().Be("Anna");
        list.All("SourceId").Single().Attribute("ChangeKey")!.Value.Should().NotBe(before);
    }

    [Theory]
    [InlineData(
        "<t:SetItemField>"
            + "<t:IndexedFieldURI FieldURI='contacts:ImAddress' FieldIndex='ImAddress1'/><t:Contact><t:ImAddresses>"
            + "<t:Entry Key='ImAddress1'>b@contoso.com</t:Entry></t:ImAddresses></t:Contact></t:SetItemField>",
        "ErrorInvalidPropertySet")]
    [InlineData(
        "<t:DeleteItemField><t:IndexedFieldURI FieldURI='contacts:ImAddress' FieldIndex='ImAddress1'/></t:DeleteItemField>",
        "ErrorInvalidPropertyDelete")]
    [InlineData("<t:DeleteItemField><t:FieldURI FieldURI='contacts:DisplayName'/></t:DeleteItemField>", "ErrorInvalidPropertyDelete")]
    [InlineData(
        "<t:SetItemField><t:FieldURI FieldURI='contacts:DisplayName'/><t:Contact><t:DisplayName/></t:Contact></t:SetItemField>",
        "ErrorInvalidPropertyDelete")]
    public async Task Removing_the_address_or_the_name_of_an_IM_contact_fails(string update, string code)
    {
        await using var service = await TestService.StartAsync();
        var id = await service.AddContactAsync("anna@contoso.com");

        (await service.PostWithoutEffectAsync(EwsRequest.UpdateItem(id, update))).Codes().Should().Equal(code);
    }

    [Theory]
    [InlineData(
        "<t:SetItemField><t:FieldURI FieldURI='contacts:GivenName'/><t:Contact><t:Surname>B</t:Surname></t:Contact></t:SetItemField>",
        "ErrorUpdatePropertyMismatch", "Property for update does not match property in object.")]
    [InlineData(
        "<t:SetItemField><t:FieldURI "
            + "FieldURI='contacts:GivenName'/><t:Contact><t:GivenName>B</t:GivenName><t:Surname>B</t:Surname></t:Contact></t:SetItemField>",
        "ErrorIncorrectUpdatePropertyCount", "An object within a change description must contain one and only one property to modify.")]
    [InlineData(
        "<t:SetItemField><t:FieldURI FieldURI='contacts:GivenName'/><t:Contact/></t:SetItemField>", "ErrorIncorrectUpdatePropertyCount",
        "An object within a change description must contain one and only one property to modify.")]
    [InlineData(
        "<t:DeleteItemField><t:FieldURI FieldURI='contacts:GivenName'/><t:FieldURI FieldURI='contacts:Surname'/></t:DeleteItemField>",
        "ErrorIncorrectUpdatePropertyCount", "An object within a change description must contain one and only one property to modify.")]
    [InlineData(
        "<t:SetItemField><t:FieldURI FieldURI='contacts:GivenName'/>"
            + "<t:FieldURI FieldURI='contacts:Surname'/><t:Contact><t:GivenName>B</t:GivenName></t:Contact></t:SetItemField>",
        "ErrorIncorrectUpdatePropertyCount", "An object within a change description must contain one and only one property to modify.")]
    [InlineData(
        "<t:DeleteItemField><t:IndexedFieldURI FieldURI='contacts:EmailAddress' FieldIndex='Nonsense'/></t:DeleteItemField>",
        "ErrorInvalidPropertyDelete", "The delete action is not supported for this property.")]
    [InlineData(
        "<t:SetItemField><t:FieldURI "
            + "FieldURI='item:DateTimeCreated'/><t:Contact><t:DateTimeCreated>2020-01-01T00:00:00Z</t:DateTimeCreated></t:Contact>"
            + "</t:SetItemField>",
        "ErrorInvalidPropertySet", "Set action is invalid for property.")]
    [InlineData(
        "<t:SetItemField><t:FieldURI FieldURI='message:IsRead'/><t:Message><t:IsRead>true</t:IsRead></t:Message></t:SetItemField>",
        "ErrorInvalidPropertyRequest", "Property is not valid for this object type.")]
    [InlineData(
        "<t:DeleteItemField><t:FieldURI FieldURI='item:DateTimeCreated'/></t:DeleteItemField>", "ErrorInvalidPropertyDelete",
        "The delete action is not supported for this property.")]
    [InlineData(
        "<t:SetItemField><t:IndexedFieldURI FieldURI='contacts:PhoneNumber' FieldIndex='HomePhone'/><t:Contact><t:PhoneNumbers>"
            + "<t:Entry Key='HomePhone'>1</t:Entry><t:Entry Key='MobilePhone'>2</t:Entry></t:PhoneNumbers></t:Contact></t:SetItemField>",
        "ErrorIncorrectUpdatePropertyCount", "An object within a change description must contain one and only one property to modify.")]
    [InlineData(
        "<t:SetItemField><t:IndexedFieldURI FieldURI='contacts:PhoneNumber' FieldIndex='HomePhone'/><t:Contact><t:PhoneNumbers>"
            + "<t:Entry Key='MobilePhone'>2</t:Entry></t:PhoneNumbers></t:Contact></t:SetItemField>",
        "ErrorUpdatePropertyMismatch", "Property for update does not match property in object.")]
    [InlineData(
        "<t:AppendToItemField><t:FieldURI FieldURI='contacts:PhoneNumbers'/><t:Contact><t:PhoneNumbers>"
            + "<t:Entry Key='MobilePhone'>2</t:Entry></t:PhoneNumbers></t:Contact></t:AppendToItemField>",
        "ErrorInvalidPropertyAppend", "The append action is not supported for this property.")]
    [InlineData(
        "<t:AppendToItemField>"
            + "<t:FieldURI FieldURI='contacts:GivenName'/><t:Contact><t:GivenName>B</t:GivenName></t:Contact></t:AppendToItemField>",
        "ErrorInvalidPropertyAppend", "The append action is not supported for this property.")]
    [InlineData(
        "<t:AppendToItemField><t:FieldURI FieldURI='item:Categories'/><t:Contact><t:Categories><t:String>B</t:String></t:Categories>"
            + "</t:Contact></t:AppendToItemField>",
        "ErrorInvalidPropertyAppend", "The append action is not supported for this property.")]
    [InlineData(
        "<t:AppendToItemField><t:ExtendedFieldURI PropertyTag='0x6001' PropertyType='String'/><t:Contact><t:ExtendedProperty>"
            + "<t:ExtendedFieldURI PropertyTag='0x6001' PropertyType='String'/><t:Value>x</t:Value></t:ExtendedProperty></t:Contact>"
            + "</t:AppendToItemField>",
        "ErrorInvalidPropertyAppend", "The append action is not supported for this property.")]
    [InlineData(
        "<t:SetItemField>"
            + "<t:FieldURI FieldURI='item:ItemClass'/><t:Contact><t:ItemClass>IPM.Note</t:ItemClass></t:Contact></t:SetItemField>",
        "ErrorObjectTypeChanged", "Operation would change object type, which is not permitted.")]
    [InlineData(
        "<t:DeleteItemField><t:ExtendedFieldURI PropertyName='a' PropertyType='String'/></t:DeleteItemField>",
        "ErrorInvalidExtendedProperty", "The extended property attribute combination is invalid.")]
    public async Task An_invalid_update_returns_its_error_code_and_changes_nothing(string update, string code, string text)
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem("<t:GivenName>A</t:GivenName>"))).Id("ItemId");
        var before = (await service.PostAsync(EwsRequest.GetItem([id]))).Text;

        var response = await service.PostAsync(EwsRequest.UpdateItem(id, EwsRequest.SetField(
            "contacts:GivenName", "<t:GivenName>Z</t:GivenName>") + update));

        response.Should().BeError(code, text);
        (await service.PostAsync(EwsRequest.GetItem([id]))).Text.Should().Be(before);
    }

    [Fact]
    public async Task A_group_and_an_invalid_id_are_rejected()
    {
        await using var service = await TestService.StartAsync();
        var groupId = await service.AddGroupAsync();
        var mailbox = (await service.MailboxAsync())!;
        var update = EwsRequest.SetField("contacts:DisplayName", "<t:DisplayName>B</t:DisplayName>");

        (await service.PostWithoutEffectAsync(EwsRequest.UpdateItem(groupId, update)))
            .Should().BeError("ErrorInvalidPropertySet", "Set action is invalid for property.");
        (await service.PostWithoutEffectAsync(EwsRequest.UpdateItem(ForeignIds.MissingItemOf(mailbox), update)))
            .Should().BeError("ErrorItemNotFound", "The specified object was not found in the store.");
        foreach (var (id, code, text) in ForeignIds.Unusable(mailbox))
            (await service.PostWithoutEffectAsync(EwsRequest.UpdateItem(id, update))).Should().BeError(code, text);
    }
}
