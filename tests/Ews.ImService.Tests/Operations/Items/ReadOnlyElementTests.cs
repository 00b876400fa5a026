using System.Globalization;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests.Operations.Items;

public sealed class ReadOnlyElementTests
{
    [Fact]
    public async Task An_error_repeats_an_index_with_a_colon()
    {
        const string path = "<t:IndexedFieldURI FieldURI='contacts:PhysicalAddress:State' FieldIndex='a:b'/>";
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem("<t:GivenName>Ann</t:GivenName>"))).Should().Succeed().Id("ItemId");

        var response = await service.PostAsync(EwsRequest.GetItem([id], additional: path));

        var named = response.All("MessageXml").Single().Elements().Single();
        named.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => attribute.Value)
            .Should().Equal("contacts:PhysicalAddress:State", "a:b");
    }

    private const string NotSet = "Set action is invalid for property.";
    private const string NotDeleted = "The delete action is not supported for this property.";
    private const string Body = "<t:{0} BodyType='Text'>a</t:{0}>";
    private const string Text = "<t:{0}>a</t:{0}>";
    private const string Time = "<t:{0}>2026-11-21T08:30:00Z</t:{0}>";
    private const string Number = "<t:{0}>1</t:{0}>";
    private const string True = "<t:{0}>true</t:{0}>";
    private const string Bytes = "<t:{0}>AQID</t:{0}>";
    private const string Id = "<t:{0} Id='AAA='/>";

    private const string Rights =
        "<t:{0}><t:CreateAssociated>true</t:CreateAssociated><t:CreateContents>true</t:CreateContents>"
        + "<t:CreateHierarchy>true</t:CreateHierarchy><t:Delete>true</t:Delete><t:Modify>true</t:Modify><t:Read>true</t:Read></t:{0}>";

    /// <summary>Gets the read-only elements: the path, and the element with a place for its name.</summary>
    /// <remarks>[MS-OXWSCORE] 2.2.4.24, [MS-OXWSCONT] 2.2.4.2.</remarks>
    public static TheoryData<string, string> ReadOnly() => new()
    {
        { "item:ItemId", Id },
        { "item:ParentFolderId", Id },
        { "item:DateTimeReceived", Time },
        { "item:Size", Number },
        { "item:DateTimeSent", Time },
        { "item:DateTimeCreated", Time },
        { "item:DisplayTo", Text },
        { "item:DisplayCc", Text },
        { "item:DisplayBcc", Text },
        { "item:EffectiveRights", Rights },
        { "item:LastModifiedName", Text },
        { "item:LastModifiedTime", Time },
        { "item:WebClientReadFormQueryString", Text },
        { "item:WebClientEditFormQueryString", Text },
        { "item:InstanceKey", Bytes },
        { "item:NormalizedBody", Body },
        { "item:Preview", Text },
        { "item:TextBody", Body },
        { "item:UniqueBody", Body },
        { "item:IconIndex", "<t:{0}>Default</t:{0}>" },
        { "item:BlockStatus", True },
        { "item:HasBlockedImages", True },
        { "item:HasAttachments", True },
        { "item:IsAssociated", True },
        { "item:IsSubmitted", True },
        { "item:IsDraft", True },
        { "item:IsFromMe", True },
        { "item:IsResend", True },
        { "item:IsUnmodified", True },
        { "item:ConversationId", Id },
        { "item:RetentionDate", Time },
        { "item:Attachments", "<t:{0}><t:FileAttachment><t:Name>a</t:Name><t:Content>AQID</t:Content></t:FileAttachment></t:{0}>" },
        { "contacts:HasPicture", True },
        { "contacts:CompleteName", "<t:{0}><t:FirstName>a</t:FirstName></t:{0}>" },
        { "contacts:PhoneticFullName", Text },
        { "contacts:PhoneticFirstName", Text },
        { "contacts:PhoneticLastName", Text },
        { "contacts:Alias", Text },
        { "contacts:DirectoryId", Text },
        { "contacts:MSExchangeCertificate", "<t:{0}><t:Base64Binary>AQID</t:Base64Binary></t:{0}>" },
        { "contacts:AccountName", Text },
        { "contacts:XboxLiveTag", Text },
    };

    [Theory]
    [MemberData(nameof(ReadOnly))]
    public async Task A_read_only_element_cannot_be_set_or_deleted(string path, string format)
    {
        await using var service = await TestService.StartAsync();
        var element = Element(path, format);
        var id = await CreateAsync(service, "");

        Verify(await service.PostWithoutEffectAsync(EwsRequest.CreateItem(element)), NotSet, "Set");
        Verify(await service.PostWithoutEffectAsync(EwsRequest.UpdateItem(id, EwsRequest.SetField(path, element))), NotSet, "Set");
        Verify(await service.PostWithoutEffectAsync(EwsRequest.UpdateItem(id, Delete(path))), NotDeleted, "Delete");

        void Verify(EwsResponse response, string text, string action)
        {
            var named = response.Should().BeError("ErrorInvalidProperty" + action, text).All("MessageXml").Single().Elements().Single();
            named.Name.LocalName.Should().Be("FieldURI");
            named.Attribute("FieldURI")!.Value.Should().Be(path);
        }
    }

    [Theory]
    [InlineData("<t:StoreEntryId>AQID</t:StoreEntryId>", "item:StoreEntryId")]
    [InlineData("<t:ContactSource>Store</t:ContactSource>", "contacts:ContactSource")]
    [InlineData("<t:ContactSource>ActiveDirectory</t:ContactSource>", "contacts:ContactSource")]
    public async Task An_ignored_element_is_accepted_without_effect(string element, string path)
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateAsync(service, element);
        var before = await PropertiesAsync(service, id);

        (await service.PostAsync(EwsRequest.UpdateItem(id, EwsRequest.SetField(path, element)))).Should().Succeed();

        (await PropertiesAsync(service, id)).Should().Equal(before);
        (await service.PostAsync(EwsRequest.GetItem([id]))).Value("ContactSource").Should().Be("Store");
    }

    [Fact]
    public async Task The_store_entry_id_is_the_only_ignored_element_that_can_be_deleted()
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateAsync(service, "<t:GivenName>Ann</t:GivenName>");

        (await service.PostAsync(EwsRequest.UpdateItem(id, Delete("item:StoreEntryId")))).Should().Succeed();
        (await service.PostWithoutEffectAsync(EwsRequest.UpdateItem(id, Delete("contacts:ContactSource"))))
            .Should().BeError("ErrorInvalidPropertyDelete", NotDeleted);
    }

    [Fact]
    public async Task A_new_contact_can_be_declared_not_to_be_associated()
    {
        await using var service = await TestService.StartAsync();

        var id = await CreateAsync(service, "<t:IsAssociated>false</t:IsAssociated>");

        (await service.PostWithoutEffectAsync(EwsRequest.UpdateItem(
            id, EwsRequest.SetField("item:IsAssociated", "<t:IsAssociated>false</t:IsAssociated>"))))
            .Should().BeError("ErrorInvalidPropertySet", NotSet);
    }

    [Theory]
    [InlineData("contacts:Notes", Text, "ErrorInvalidPropertyRequest", "Property is not valid for this object type.")]
    [InlineData("contacts:Photo", Bytes, "ErrorInvalidPropertyRequest", "Property is not valid for this object type.")]
    [InlineData("item:MimeContent", Bytes, "ErrorUnsupportedMimeConversion", "Mime conversion is not supported for this item type.")]
    public async Task An_element_that_contacts_do_not_have_is_rejected(string path, string format, string code, string text)
    {
        await using var service = await TestService.StartAsync();
        var element = Element(path, format);
        var id = await CreateAsync(service, "");

        (await service.PostWithoutEffectAsync(EwsRequest.CreateItem(element))).Should().BeError(code, text);
        (await service.PostWithoutEffectAsync(EwsRequest.UpdateItem(id, EwsRequest.SetField(path, element)))).Should().BeError(code, text);
        (await service.PostWithoutEffectAsync(EwsRequest.UpdateItem(id, Delete(path)))).Should().BeError(code, text);
    }

    [Fact]
    public async Task A_property_of_another_item_type_cannot_be_deleted()
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateAsync(service, "");

        (await service.PostWithoutEffectAsync(EwsRequest.UpdateItem(id, Delete("calendar:Start"))))
            .Should().BeError("ErrorInvalidPropertyRequest", "Property is not valid for this object type.");
    }

    [Fact]
    public async Task The_culture_must_be_known_and_is_deletable()
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateAsync(service, "<t:Culture>de-DE</t:Culture>");
        (await service.PostAsync(EwsRequest.GetItem([id]))).Value("Culture").Should().Be("de-DE");

        (await service.PostWithoutEffectAsync(EwsRequest.CreateItem("<t:Culture>xx-YY</t:Culture>")))
            .Should().BeError("ErrorUnsupportedCulture", "The specified item culture is not supported on this server.");
        (await service.PostAsync(EwsRequest.UpdateItem(id, Delete("item:Culture")))).Should().Succeed();
        (await service.PostAsync(EwsRequest.GetItem([id]))).Value("Culture").Should().Be("en-US");
    }

    [Theory]
    [InlineData("<t:FlagStatus>NotFlagged</t:FlagStatus>")]
    [InlineData("<t:FlagStatus>Flagged</t:FlagStatus>")]
    [InlineData("<t:FlagStatus>Flagged</t:FlagStatus><t:StartDate>2030-01-01T00:00:00Z</t:StartDate>"
        + "<t:DueDate>2030-01-02T00:00:00Z</t:DueDate>")]
    [InlineData("<t:FlagStatus>Complete</t:FlagStatus>")]
    [InlineData("<t:FlagStatus>Complete</t:FlagStatus><t:CompleteDate>2020-01-01T00:00:00Z</t:CompleteDate>")]
    public async Task A_flag_is_stored_with_its_dates(string content)
    {
        await using var service = await TestService.StartAsync();

        var id = await CreateAsync(service, $"<t:Flag>{content}</t:Flag>");

        string.Concat((await service.PostAsync(EwsRequest.GetItem([id]))).Should().Succeed().All("Flag").Single().Elements()
            .Select(part => $"<t:{part.Name.LocalName}>{part.Value}</t:{part.Name.LocalName}>")).Should().Be(content);
    }

    [Theory]
    [InlineData("<t:FlagStatus>Flagged</t:FlagStatus><t:CompleteDate>2020-01-01T00:00:00Z</t:CompleteDate>")]
    [InlineData("<t:FlagStatus>Flagged</t:FlagStatus><t:StartDate>2030-01-01T00:00:00Z</t:StartDate>")]
    [InlineData("<t:FlagStatus>Flagged</t:FlagStatus><t:DueDate>2030-01-01T00:00:00Z</t:DueDate>")]
    [InlineData("<t:FlagStatus>Complete</t:FlagStatus><t:StartDate>2030-01-01T00:00:00Z</t:StartDate>")]
    [InlineData("<t:FlagStatus>NotFlagged</t:FlagStatus><t:CompleteDate>2020-01-01T00:00:00Z</t:CompleteDate>")]
    public async Task A_flag_with_dates_that_its_status_does_not_allow_is_rejected(string content)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostWithoutEffectAsync(EwsRequest.CreateItem($"<t:Flag>{content}</t:Flag>")))
            .Should().BeError("ErrorInvalidArgument", "The argument is invalid.");
    }

    private static string Element(string path, string format) => string.Format(CultureInfo.InvariantCulture, format, path.Split(':')[1]);

    private static string Delete(string path) => $"<t:DeleteItemField><t:FieldURI FieldURI='{path}'/></t:DeleteItemField>";

    private static async Task<string> CreateAsync(TestService service, string contact) =>
        (await service.PostAsync(EwsRequest.CreateItem(contact))).Should().Succeed().Id("ItemId");

    private static async Task<IEnumerable<(string Path, string Value)>> PropertiesAsync(TestService service, string id) =>
        (await service.MailboxAsync())!.Contacts[new ContactId(id)].Properties.All.Select(pair => (pair.Key, pair.Value[0]));
}
