using System.Net;

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
            "$.mailboxes[0].groups[1].ordinal is 9, which another object has.",
            "$.mailboxes[0].groups[2].members[0]: in Other Contacts is who is in no group.",
            "$.mailboxes[0] has 2 groups; the limit is 1.",
            "$.mailboxes[1].imContacts[1] has the address of another IM contact.",
            "$.mailboxes[1].imContacts[2].creationTime must be a time such as 2026-11-21T08:30:00Z, but is 'never'.",
            "$.mailboxes[1] has 2 IM contacts; the limit is 1.",
            "$.mailboxes[2].contacts[0].displayName contains a character that XML does not allow.",
            "$.mailboxes has 'a@contoso.com' twice.");
        (await service.GetJsonAsync(ControlCalls.Api + "/mailboxes")).GetProperty("mailboxes").GetArrayLength().Should().Be(0);
    }

    [Theory]
    [InlineData(
        "\"groups\": [{ \"displayName\": \"Fav\", \"type\": \"Favorites\" }]",
        "$.mailboxes[0].groups[0].displayName is 'Fav'; that system group is called 'Favorites'.")]
    [InlineData(
        "\"groups\": [{ \"displayName\": \"D\", \"type\": \"DistributionGroup\", \"smtpAddress\": \"d\" }]",
        "$.mailboxes[0].groups[0].smtpAddress is 'd', which is no SMTP address.")]
    [InlineData(
        "\"groups\": [{ \"displayName\": \"T\", \"members\": [{ \"telUri\": \"tel:1\" }] }]",
        "$.mailboxes[0].groups[0].members[0].telUri is 'tel:1', which no IM contact has.")]
    [InlineData(
        "\"lastCounter\": 281474976710656",
        "$.mailboxes[0].lastCounter must be an integer from 0 to 70368744177664, but is 281474976710656.")]
    [InlineData(
        "\"imContacts\": [{ \"imAddress\": \"a@b.c\", \"displayName\": \"\" }]", "$.mailboxes[0].imContacts[0].displayName is missing.")]
    [InlineData(
        "\"imContacts\": [{ \"imAddress\": \"a@b.c\", \"properties\": { \"contacts:ImAddress:ImAddress1\": \"c@d.e\" } }]",
        "$.mailboxes[0].imContacts[0].imAddress is 'a@b.c', but contacts:ImAddress:ImAddress1 is 'c@d.e'.")]
    [InlineData(
        "\"imContacts\": [{ \"imAddress\": \"a\", \"personaId\": \"p\" }, { \"imAddress\": \"b\", \"personaId\": \"p\" }]",
        "$.mailboxes[0].imContacts[1].personaId is another object's.")]
    [InlineData(
        "\"contacts\": [{ \"properties\": { \"contcts:GivenName\": \"x\" } }]",
        "$.mailboxes[0].contacts[0].properties['contcts:GivenName'] is not a property that can be set on contacts.")]
    [InlineData(
        "\"contacts\": [{ \"properties\": { \"contacts:PhoneNumber:MobilePhone\": [\"1\", \"2\"] } }]",
        "$.mailboxes[0].contacts[0].properties['contacts:PhoneNumber:MobilePhone'] must be a single text that is not empty, or null "
        + "to delete the property, but is '1', '2'.")]
    [InlineData(
        "\"contacts\": [{ \"properties\": { \"contacts:PhoneNumber:MobilePhone\": \"\" } }]",
        "$.mailboxes[0].contacts[0].properties['contacts:PhoneNumber:MobilePhone'] must be a single text that is not empty, or null "
        + "to delete the property, but is ''.")]
    [InlineData(
        "\"contacts\": [{ \"properties\": { \"contacts:EmailAddress:EmailAddress1\": [\"a@b.c\", \"\", \"\", \"Nonsense\"] } }]",
        "$.mailboxes[0].contacts[0].properties['contacts:EmailAddress:EmailAddress1'] must be an e-mail address, optionally followed "
        + "by a name, a routing type and a mailbox type (Unknown, OneOff, Mailbox, PublicDL, PrivateDL, Contact, PublicFolder, "
        + "GroupMailbox or ImplicitContact), but is 'a@b.c', '', '', 'Nonsense'.")]
    [InlineData(
        "\"contacts\": [{ \"properties\": { \"item:Importance\": \"foo\" } }]",
        "$.mailboxes[0].contacts[0].properties['item:Importance'] must be Low, Normal or High, but is 'foo'.")]
    [InlineData(
        "\"contacts\": [{ \"properties\": { \"contacts:FileAsMapping\": \"zzz\" } }]",
        "$.mailboxes[0].contacts[0].properties['contacts:FileAsMapping'] must be None, LastCommaFirst, FirstSpaceLast, Company, "
        + "LastCommaFirstCompany, CompanyLastFirst, LastFirst, LastFirstCompany, CompanyLastCommaFirst, LastFirstSuffix, "
        + "LastSpaceFirstCompany, CompanyLastSpaceFirst, LastSpaceFirst, DisplayName, FirstName, LastFirstMiddleSuffix, LastName or "
        + "Empty, but is 'zzz'.")]
    [InlineData(
        "\"contacts\": [{ \"properties\": { \"extended:0x3a4f:Integer\": \"x\" } }]",
        "$.mailboxes[0].contacts[0].properties['extended:0x3a4f:Integer'] must be a value of the type Integer, but is 'x'.")]
    [InlineData(
        "\"contacts\": [{ \"properties\": { \"contacts:GivenName\": 1 } }]",
        "$.mailboxes[0].contacts[0].properties['contacts:GivenName'] must be a string, but is 1.")]
    [InlineData(
        "\"groups\": [{ \"displayName\": \"g\", \"members\": [7] }]", "$.mailboxes[0].groups[0].members[0] must be an object, but is 7.")]
    [InlineData(
        "\"contacts\": [{ \"properties\": { \"contacts:Birthday\": \"yesterday\" } }]",
        "$.mailboxes[0].contacts[0].properties['contacts:Birthday'] must be a time such as 2026-11-21T08:30:00Z, but is 'yesterday'.")]
    public async Task A_mailbox_that_EWS_could_not_create_is_rejected(string content, string problem)
    {
        await using var service = await TestService.StartAsync();

        using var response = await service.SendAsync(
            "POST", "/seed", $"{{ \"mailboxes\": [{{ \"smtpAddress\": \"a@contoso.com\", {content} }}] }}");

        (await response.ProblemsAsync()).Should().Equal(problem);
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
        await service.AddContactAsync("bob@contoso.com", await service.AddGroupAsync("Team"));
        var all = EwsRequest.GetItem([id], additional: $"<t:FieldURI FieldURI='item:Body'/>{tag}{named}");
        var before = (await service.PostAsync(all)).Should().Succeed().Text;

        var seed = await service.Client.GetStringAsync(ControlCalls.Api + "/seed");
        using var loaded = await service.SendAsync("PUT", "/seed", seed);

        loaded.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await service.PostAsync(all)).Text.Should().Be(before);
        before.Should().Contain(">-2<").And.Contain("1 Road").And.Contain("1990-02-03");
        (await service.Client.GetStringAsync(ControlCalls.Api + "/seed")).Should().Be(seed);
    }

    [Fact]
    public async Task Of_very_many_violations_the_first_hundred_are_listed()
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
            "bob@contoso.com has no account; add it to Mailboxes:Accounts or Mailboxes:Declared, or set Mailboxes:AutoCreate to true.",
            "a@contoso.com is an additional address of anna@contoso.com; use the primary address.");
    }
}
