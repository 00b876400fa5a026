using System.Net;
using System.Text.Json.Nodes;

namespace Ews.ImService.Tests.Control.Seeds;

public sealed class SeedTests
{
    [Fact]
    public async Task A_seed_document_with_violations_is_rejected_with_all_of_them()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Limits = new(MaxGroups: 1, MaxContacts: 1) });

        using var response = await service.SendAsync("POST", "/seed", """
            { "mailboxes": [
              { "smtpAddress": "a@contoso.com", "groups": [
                { "displayName": "One", "ordinal": 9 },
                { "displayName": "Two", "ordinal": 9 },
                { "displayName": "Other Contacts", "type": "OtherContacts", "members": ["x"] }] },
              { "smtpAddress": "A@contoso.com", "imContacts": [
                { "imAddress": "x" }, { "imAddress": "sip:X" }, { "imAddress": "y", "creationTime": "never" }] },
              { "smtpAddress": "b@contoso.com", "mailboxGuid": "1b4e28ba-2fa1-11d2-883f-0016d3cca427",
                "contacts": [{ "displayName": "\u0001" }] } ] }
            """);

        (await response.ProblemsAsync()).Should().BeEquivalentTo(
            "$.mailboxes[0].groups[1].ordinal must be unique, but another object has the ordinal 9.",
            "$.mailboxes[0].groups[2].members[0] must not be specified: "
                + "the members of Other Contacts are the IM contacts in no other group.",
            "$.mailboxes[0].groups must contain at most 1 user and distribution groups, but contains 2.",
            "$.mailboxes[1].imContacts[1] must have a unique address, but another IM contact has the same one.",
            "$.mailboxes[1].imContacts[2].creationTime must be a time such as 2026-11-21T08:30:00Z, but is 'never'.",
            "$.mailboxes[1].imContacts must contain at most 1 IM contacts, including those that members create, but contains 2.",
            "$.mailboxes[2].contacts[0].displayName contains a character that XML does not allow.",
            "$.mailboxes[1].smtpAddress must be unique, but another mailbox has the address 'A@contoso.com'.");
        (await service.GetJsonAsync(ControlCalls.Api + "/mailboxes")).GetProperty("mailboxes").GetArrayLength().Should().Be(0);
    }

    [Theory]
    [InlineData("\"lastCounter\": 281474976710656", "lastCounter must be an integer from 0 to 70368744177664, but is 281474976710656.")]
    [InlineData(
        "\"contacts\": [{ \"properties\": { \"contacts:GivenName\": 1 } }]",
        "contacts[0].properties['contacts:GivenName'] must be a string, but is 1.")]
    [InlineData("\"groups\": [{ \"displayName\": \"g\", \"members\": [7] }]", "groups[0].members[0] must be an object, but is 7.")]
    [InlineData(
        "\"imContacts\": [{ \"imAddress\": \"a@b.c\", \"properties\": { \"item:Importance\": \"urgent\" } }]",
        "imContacts[0].properties['item:Importance'] must be Low, Normal or High, but is 'urgent'.")]
    [InlineData(
        "\"contacts\": [{ \"properties\": { \"contacts:PhoneNumber:MobilePhone\": [\"1\", \"2\"] } }]",
        "contacts[0].properties['contacts:PhoneNumber:MobilePhone'] "
        + "must be a single text that is not empty, or null to delete the property, but is '1', '2'.")]
    [InlineData("\"groups\": [{ \"type\": \"Tagged\" }]", "groups[0].displayName is missing.")]
    [InlineData(
        "\"contacts\": [{ \"attachments\": [{ \"name\": \"a\", \"content\": \"?\" }] }]",
        "contacts[0].attachments[0].content must be Base64, but is '?'.")]
    [InlineData(
        "\"contacts\": [{ \"attachments\": [{ \"name\": \"a\", \"content\": \"AQIDBAU=\" }] }]",
        "contacts[0].attachments[0].content must have at most 4 bytes, but has 5.")]
    [InlineData(
        "\"contacts\": [{ \"attachments\": ["
        + "{ \"name\": \"a\", \"content\": \"AQID\", \"number\": 9 }, { \"name\": \"b\", \"content\": \"\", \"number\": 9 }] }]",
        "contacts[0].attachments[1].number must be unique, but another attachment has the number 9.")]
    [InlineData(
        "\"contacts\": [{ \"attachments\": [{ \"name\": \"a\", \"content\": \"\", \"isContactPhoto\": true }, "
        + "{ \"name\": \"b\", \"content\": \"\", \"isContactPhoto\": true }] }]",
        "contacts[0].attachments[1].isContactPhoto must be true for one attachment only, but is true for another one.")]
    [InlineData(
        "\"oof\": { \"state\": \"Enabled\", \"internalReply\": \"Away\" }",
        "oof must contain the replies for its audience unless the state is Disabled.")]
    [InlineData(
        "\"oof\": { \"state\": \"Scheduled\", \"start\": \"2026-11-21\", \"end\": \"2026-11-21\" }", "oof must end after its start.")]
    public async Task A_mailbox_that_EWS_could_not_create_is_rejected(string content, string problem)
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Limits = new(MaxAttachmentBytes: 4) });

        using var response = await service.SendAsync(
            "POST", "/seed", $"{{ \"mailboxes\": [{{ \"smtpAddress\": \"a@contoso.com\", {content} }}] }}");

        (await response.ProblemsAsync()).Should().Equal("$.mailboxes[0]." + problem);
    }

    [Fact]
    public async Task Mailboxes_without_a_valid_address_of_their_own_are_not_reported_for_their_GUIDs()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Control = new() { IdSeed = 7 } });

        using var response = await service.SendAsync("POST", "/seed", """
            { "mailboxes": [{ "smtpAddress": "x" }, { "smtpAddress": "y" }, { "smtpAddress": "a@b.c" }, { "smtpAddress": "A@b.c" }] }
            """);

        (await response.ProblemsAsync()).Should().Equal(
            "$.mailboxes[0].smtpAddress must be a valid SMTP address, but is 'x'.",
            "$.mailboxes[1].smtpAddress must be a valid SMTP address, but is 'y'.",
            "$.mailboxes[3].smtpAddress must be unique, but another mailbox has the address 'A@b.c'.");
    }

    [Theory]
    [InlineData("anna@contoso.com", false)]
    [InlineData("anna@contoso.com", true)]
    [InlineData("declared@contoso.com", false)]
    [InlineData(TestService.DefaultMailbox, false)]
    public async Task A_GUID_that_is_generated_for_another_mailbox_is_rejected(string owner, bool isReset)
    {
        var settings = TestService.InMemory with
        {
            Control = new() { IdSeed = 7 },
            Accounts = new([People.Account("declared@contoso.com")], autoCreate: true, new([])),
        };
        await using var first = await TestService.StartAsync(settings);
        var team = EwsRequest.AddImGroup("Team", EwsRequest.Impersonating("PrimarySmtpAddress", owner));
        (await first.PostAsync(team)).Should().Succeed();
        var guid = (await first.MailboxAsync(owner))!.MailboxGuid;
        await using var second = await TestService.StartAsync(settings);
        var service = owner.StartsWith("anna", StringComparison.Ordinal) ? first : second;
        if (isReset)
            await service.SendAsync("POST", "/reset");

        using var response = await service.SendAsync(
            "PUT", "/seed", $"{{ \"mailboxes\": [{{ \"smtpAddress\": \"b@b.c\", \"mailboxGuid\": \"{guid}\" }}] }}");

        (await response.ProblemsAsync()).Should().Equal(
            $"$.mailboxes[0].mailboxGuid must not be the GUID that Realms:IdSeed generates for '{owner}'.");
        (await service.PostAsync(EwsRequest.AddImGroup("Crew", EwsRequest.Impersonating("PrimarySmtpAddress", owner)))).Should().Succeed();
    }

    [Fact]
    public async Task A_mailbox_whose_generated_GUID_was_taken_by_a_seed_document_gets_another_one()
    {
        const string address = "late@contoso.com";
        var settings = TestService.InMemory with { Control = new() { IdSeed = 7 } };
        var team = EwsRequest.AddImGroup("Team", EwsRequest.Impersonating("PrimarySmtpAddress", address));
        await using var other = await TestService.StartAsync(settings);
        (await other.PostAsync(team)).Should().Succeed();
        var guid = (await other.MailboxAsync(address))!.MailboxGuid;
        await using var service = await TestService.StartAsync(settings);
        using var taken = await service.SendAsync(
            "PUT", "/seed", $"{{ \"mailboxes\": [{{ \"smtpAddress\": \"b@b.c\", \"mailboxGuid\": \"{guid}\" }}] }}");
        taken.StatusCode.Should().Be(HttpStatusCode.NoContent);

        (await service.PostAsync(team)).Should().Succeed();

        (await service.MailboxAsync(address))!.MailboxGuid.Should().NotBe(guid);
        var seed = await service.Client.GetStringAsync(ControlCalls.Api + "/seed");
        using var loaded = await service.SendAsync("PUT", "/seed", seed);
        loaded.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await service.Client.GetStringAsync(ControlCalls.Api + "/seed")).Should().Be(seed);
    }

    [Fact]
    public async Task An_export_is_loaded_again_when_GUIDs_are_generated()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Control = new() { IdSeed = 7 } });
        await service.AddGroupAsync();
        var seed = await service.Client.GetStringAsync(ControlCalls.Api + "/seed");

        using var loaded = await service.SendAsync("PUT", "/seed", seed);

        loaded.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await service.Client.GetStringAsync(ControlCalls.Api + "/seed")).Should().Be(seed);
    }

    [Fact]
    public async Task Mailboxes_with_the_same_GUID_are_rejected()
    {
        await using var service = await TestService.StartAsync();

        using var response = await service.SendAsync("POST", "/seed", """
            { "mailboxes": [
              { "smtpAddress": "a@b.c", "mailboxGuid": "1b4e28ba-2fa1-11d2-883f-0016d3cca427" },
              { "smtpAddress": "b@b.c", "mailboxGuid": "1b4e28ba-2fa1-11d2-883f-0016d3cca427" }] }
            """);

        (await response.ProblemsAsync()).Should().Equal("a@b.c and b@b.c have the same mailboxGuid.");
    }

    [Fact]
    public async Task An_IM_address_that_is_not_a_valid_email_address_does_not_prevent_the_loading_of_an_export()
    {
        await using var service = await TestService.StartAsync();
        const string Document = """
            { "mailboxes": [{ "smtpAddress": "user@contoso.com", "imContacts": [{ "imAddress": "sip:ben@con\toso.com" }] }] }
            """;
        (await service.SendAsync("PUT", "/seed", Document)).Should().HaveStatusCode(HttpStatusCode.NoContent);
        var seed = await service.GetJsonAsync(ControlCalls.Api + "/seed");

        using var loaded = await service.SendAsync("PUT", "/seed", seed.GetRawText());

        loaded.Should().HaveStatusCode(HttpStatusCode.NoContent);
        (await service.GetJsonAsync(ControlCalls.Api + "/seed")).GetRawText().Should().Be(seed.GetRawText()).And.Contain("con\\toso");
    }

    [Fact]
    public async Task An_exported_seed_document_creates_identical_mailboxes()
    {
        await using var service = await TestService.StartAsync();
        var tag = "<t:ExtendedFieldURI PropertyTag='0x3A4F' PropertyType='String'/>";
        var named =
            "<t:ExtendedFieldURI PropertySetId='00062004-0000-0000-c000-000000000046' PropertyName='Zoë: x' PropertyType='IntegerArray'/>";
        var id = (await service.PostAsync(EwsRequest.CreateItem(
            "<t:Body BodyType='HTML'>&lt;p&gt;</t:Body><t:Importance>High</t:Importance>"
            + $"<t:ExtendedProperty>{tag}<t:Value>N</t:Value></t:ExtendedProperty>"
            + $"<t:ExtendedProperty>{named}<t:Values><t:Value>1</t:Value><t:Value>-2</t:Value></t:Values></t:ExtendedProperty>"
            + "<t:GivenName>Erin</t:GivenName>"
            + "<t:EmailAddresses><t:Entry Key='EmailAddress1' Name='E' RoutingType='SMTP' MailboxType='Contact'>e@contoso.com</t:Entry>"
            + "</t:EmailAddresses>"
            + "<t:PhysicalAddresses><t:Entry Key='Home'><t:Street>1 Road</t:Street></t:Entry></t:PhysicalAddresses>"
            + "<t:Birthday>1990-02-03T00:00:00Z</t:Birthday>"))).Should().Succeed().Id("ItemId");
        (await service.PostAsync(EwsRequest.AddNewTelUriContactToGroup())).Should().Succeed();
        var imContact = await service.AddContactAsync("bob@contoso.com", await service.AddGroupAsync("Team"));
        (await service.PostAsync(EwsRequest.CreateAttachment(id, EwsRequest.File("a", [1]), EwsRequest.Picture([2, 3]))))
            .Should().Succeed();
        (await service.PostAsync(EwsRequest.CreateAttachment(imContact, EwsRequest.File("b", [])))).Should().Succeed();
        (await service.PostAsync(EwsRequest.SetUserOofSettings("Enabled", replies: ("In", "Out")))).Should().Succeed();
        var all = EwsRequest.GetItem([id, imContact], additional: $"<t:FieldURI FieldURI='item:Body'/>{tag}{named}");
        var before = (await service.PostAsync(all)).Should().Succeed().Text;

        var seed = await service.Client.GetStringAsync(ControlCalls.Api + "/seed");
        using var loaded = await service.SendAsync("PUT", "/seed", seed);

        loaded.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await service.PostAsync(all)).Text.Should().Be(before);
        before.Should().Contain(">-2<").And.Contain("1 Road").And.Contain("1990-02-03").And.Contain("ContactPicture.jpg");
        (await service.Client.GetStringAsync(ControlCalls.Api + "/seed")).Should().Be(seed);
    }

    [Fact]
    public async Task A_document_of_a_mailbox_whose_counter_is_at_its_maximum_can_be_loaded()
    {
        const string Document = """{ "mailboxes": [{ "smtpAddress": "user@contoso.com", "lastCounter": 7036874417766# }] }""";
        await using var service = await TestService.StartAsync();
        using var tooHigh = await service.SendAsync("PUT", "/seed", Document.Replace('#', '2'));
        tooHigh.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        using var highest = await service.SendAsync("PUT", "/seed", Document.Replace('#', '1'));
        highest.StatusCode.Should().Be(HttpStatusCode.NoContent);

        (await service.PostAsync(EwsRequest.AddImGroup("Team"))).Should().BeError(
            "ErrorQuotaExceeded", "Mailbox has exceeded maximum mailbox size.");

        var exported = await service.Client.GetStringAsync(ControlCalls.Api + "/seed");
        using var loaded = await service.SendAsync("PUT", "/seed", exported);
        loaded.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_mailbox_with_given_ids_can_grow()
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync("First");
        var seed = JsonNode.Parse(await service.Client.GetStringAsync(ControlCalls.Api + "/seed"))!;
        var mailbox = seed["mailboxes"]![0]!.AsObject();
        var groups = mailbox["groups"]!.AsArray();
        mailbox["lastCounter"] = 0;
        for (var i = 0; i < groups.Count; i++)
            groups[i]!["ordinal"] = i;
        using var loaded = await service.SendAsync("PUT", "/seed", seed.ToJsonString());
        loaded.StatusCode.Should().Be(HttpStatusCode.NoContent);

        for (var i = 0; i < 5; i++)
            await service.AddGroupAsync($"Group {i}");
        (await service.MailboxAsync())!.LimitedGroups.Should().Be(6);
    }

    [Fact]
    public async Task At_most_one_hundred_violations_are_listed()
    {
        await using var service = await TestService.StartAsync();

        using var response = await service.SendAsync(
            "POST", "/seed", $"{{ \"mailboxes\": [{string.Join(',', Enumerable.Repeat("{}", 150))}] }}");

        var problems = await response.ProblemsAsync();
        problems.Should().HaveCount(101);
        problems[100].Should().Be("50 more problems are not listed.");
    }

    [Fact]
    public async Task A_mailbox_that_no_user_could_reach_is_rejected()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with
        {
            Accounts = new([People.Account("anna@contoso.com", null, null, "a@contoso.com")], autoCreate: false, new([])),
        });

        using var response = await service.SendAsync(
            "POST", "/seed", """{ "mailboxes": [{ "smtpAddress": "bob@contoso.com" }, { "smtpAddress": "a@contoso.com" }] }""");

        (await response.ProblemsAsync()).Should().Equal(
            "$.mailboxes[0].smtpAddress must have an account, but 'bob@contoso.com' has none; "
                + "add it to Mailboxes:Accounts or Mailboxes:Declared, or set Mailboxes:AutoCreate to true.",
            "$.mailboxes[1].smtpAddress must be a primary address, "
                + "but 'a@contoso.com' is an additional address of 'anna@contoso.com'.");
    }

    [Fact]
    public async Task Folders_their_contacts_and_the_culture_are_exported_and_loaded_again()
    {
        await using var service = await TestService.StartAsync();
        using var first = await service.SendAsync("PUT", "/seed", """
            { "mailboxes": [{ "smtpAddress": "user@contoso.com", "culture": "de-DE",
              "folders": [
                { "path": "contacts", "displayName": "Adressen" },
                { "path": "contacts/Team ~1 A", "properties": { "extended:0x3004:String": "Comment" } },
                { "path": "contacts/Team ~1 A/Old", "folderClass": "IPF.Contact.Contoso" }],
              "contacts": [{ "displayName": "Anna", "folder": "contacts/Team ~1 A" }, { "displayName": "Ben", "folder": "deleteditems" }] }] }
            """);
        first.StatusCode.Should().Be(HttpStatusCode.NoContent);
        var seed = await service.Client.GetStringAsync(ControlCalls.Api + "/seed");

        using var loaded = await service.SendAsync("PUT", "/seed", seed);

        loaded.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await service.Client.GetStringAsync(ControlCalls.Api + "/seed")).Should().Be(seed);
        (await service.PostAsync(EwsRequest.FindItem("deleteditems"))).Should().Succeed().Value("DisplayName").Should().Be("Ben");
        var folders = (await service.PostAsync(EwsRequest.FindFolder(
            "<t:DistinguishedFolderId Id='msgfolderroot'/>", "Deep", baseShape: "AllProperties"))).Should().Succeed();
        folders.All("DisplayName").Select(name => name.Value).Should().Contain(["Adressen", "Posteingang", "Team / A", "Old"]);
        folders.All("FolderClass").Select(name => name.Value).Should().Contain("IPF.Contact.Contoso");
        folders.All("ContactsFolder").Single(folder => folder.Elements().Any(part => part.Value == "Team / A"))
            .Elements().Single(part => part.Name.LocalName == "TotalCount").Value.Should().Be("1");
    }

    [Fact]
    public async Task The_problems_of_folders_are_reported_with_their_paths()
    {
        const string rule = " must be a folder of contacts, deleteditems or recoverableitemsdeletions, but is ";
        await using var service = await TestService.StartAsync();

        using var response = await service.SendAsync("PUT", "/seed", """
            { "mailboxes": [{ "smtpAddress": "user@contoso.com",
              "folders": [
                { "path": "nowhere" }, { "path": "contacts/" }, { "path": "contacts/A/B" },
                { "path": "contacts/A" }, { "path": "contacts/A" }, { "path": "tasks", "folderClass": "IPF.Contact" },
                { "path": "contacts/C", "displayName": "D", "properties": { "contacts:GivenName": "E" } }],
              "contacts": [{ "folder": "contacts/X" }, { "folder": "inbox" }, { "folder": "imcontactlist" }] }] }
            """);

        (await response.ProblemsAsync()).Should().Equal(
            "$.mailboxes[0].folders[0].path must begin with the name of a well-known folder, but is 'nowhere'.",
            "$.mailboxes[0].folders[1].path must end with the display name of the folder, but is 'contacts/'.",
            "$.mailboxes[0].folders[2].path must be in a folder that precedes it, but 'contacts/A' does not exist.",
            "$.mailboxes[0].folders[4].path must be unique, but another folder has the path 'contacts/A'.",
            "$.mailboxes[0].folders[5].folderClass must not be specified for a well-known folder, but is 'IPF.Contact'.",
            "$.mailboxes[0].folders[6].displayName must not be specified: the path contains the name, but is 'D'.",
            "$.mailboxes[0].folders[6].properties['contacts:GivenName'] is not an extended property.",
            "$.mailboxes[0].contacts[0].folder must be the path of a folder, but is 'contacts/X'.",
            "$.mailboxes[0].contacts[1].folder" + rule + "'inbox'.",
            "$.mailboxes[0].contacts[2].folder" + rule + "'imcontactlist'.");
    }
}
