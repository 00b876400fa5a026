using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ews.ImService.Control;

namespace Ews.ImService.Tests;

/// <summary>The control API as HTTP has it; what it does is told by the tests of Ews.ImService.Testing.</summary>
public sealed partial class ControlTests
{
    private const string Api = "/_control/v1";

    [Fact]
    public async Task Its_document_names_every_call_and_no_other()
    {
        await using var service = await TestService.StartAsync();

        using var index = await GetAsync(service, Api);
        using var document = await GetAsync(service, Api + "/openapi.json");

        var told = document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(call => $"{call.Name.ToUpperInvariant()} {path.Name}"));
        told.Should().BeEquivalentTo(index.RootElement.GetProperty("calls").EnumerateArray().Select(call => call.GetString()));
    }

    [Fact]
    public async Task Every_reference_of_its_document_leads_somewhere()
    {
        await using var service = await TestService.StartAsync();
        using var document = await GetAsync(service, Api + "/openapi.json");
        using var seed = await GetAsync(service, Api + "/seed.schema.json");

        var references = Reference().Matches(document.RootElement.GetRawText()).Concat(Reference().Matches(seed.RootElement.GetRawText())).Select(match => match.Groups[1].Value).Distinct().ToList();

        references.Should().Contain("#/components/schemas/Fault").And.Contain("#/$defs/mailbox");
        foreach (var reference in references)
        {
            var parts = reference.Split('#');
            var root = parts[0].Length > 0 || parts[1].StartsWith("/$defs/", StringComparison.Ordinal) ? seed.RootElement : document.RootElement;
            foreach (var step in parts.ElementAtOrDefault(1)?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [])
                root.TryGetProperty(step, out root).Should().BeTrue(reference);
        }
    }

    [Fact]
    public async Task The_schema_of_seeds_names_what_an_export_writes()
    {
        await using var service = await TestService.StartAsync();
        await service.AddContactAsync("bob@contoso.com", await service.AddGroupAsync("Team"));
        (await service.PostAsync(EwsRequest.AddNewTelUriContactToGroup())).Should().Succeed();
        (await service.PostAsync(EwsRequest.CreateItem("<t:GivenName>Erin</t:GivenName>"))).Should().Succeed();
        using var seed = await GetAsync(service, Api + "/seed");
        using var schema = await GetAsync(service, Api + "/seed.schema.json");
        var types = schema.RootElement.GetProperty("$defs");

        var mailbox = seed.RootElement.GetProperty("mailboxes")[0];
        Names(mailbox).Should().BeSubsetOf(Names(types.GetProperty("mailbox").GetProperty("properties")));
        foreach (var (list, type) in new[] { ("groups", "group"), ("imContacts", "imContact"), ("contacts", "contact") })
        {
            mailbox.GetProperty(list).GetArrayLength().Should().BePositive();
            foreach (var item in mailbox.GetProperty(list).EnumerateArray())
                Names(item).Should().BeSubsetOf(Names(types.GetProperty(type).GetProperty("properties")));
        }
    }

    [Theory]
    [InlineData("GET", "/nothing", null, 404, "There is no GET /_control/v1/nothing; see /_control/v1/openapi.json.")]
    [InlineData("PUT", "/reset", null, 405, "There is no PUT /_control/v1/reset, but POST.")]
    [InlineData("POST", "/reset?mailbx=a@contoso.com", null, 400, "The parameter mailbx is not known; there are mailbox, realms.")]
    [InlineData("POST", "/reset?mailbox=a", null, 400, "The parameter mailbox is 'a', which is no SMTP address.")]
    [InlineData("POST", "/reset?realms=some", null, 400, "The parameter realms has to be 'all', and there is no mailbox beside it.")]
    [InlineData("GET", "/journal/7", null, 404, "There was no request 7 yet.")]
    [InlineData("GET", "/journal?status=x", null, 400, "The parameter status is 'x'; it has to be a whole number from 0.")]
    [InlineData("GET", "/journal?state=gone", null, 400, "The parameter state is 'gone'; it has to be arrived, answered or failed.")]
    [InlineData("GET", "/journal/wait?timeoutMilliseconds=1", null, 504, "Within 1 ms, 0 of 1 such requests have come.")]
    [InlineData("GET", "/mailboxes/a@contoso.com", null, 404, "a@contoso.com has no mailbox yet.")]
    [InlineData("POST", "/snapshots/x/restore", null, 404, "There is no snapshot 'x'.")]
    [InlineData("POST", "/clock/advance", "{}", 422, "$.milliseconds is missing.")]
    [InlineData("POST", "/clock/advance", "{ \"milliseconds\": 1e15 }", 422, "$.milliseconds has to be a whole number from -3153600000000 to 3153600000000.")]
    [InlineData("PUT", "/clock", "{ \"at\": \"10:00\" }", 422, "$.at has to be a time such as 2026-11-21T08:30:00Z.")]
    [InlineData("POST", "/reset?mailbox=", null, 400, "The parameter mailbox has to have one value.")]
    [InlineData("POST", "/reset", "{ \"mailbox\": \"a@contoso.com\" }", 400, "This call reads no body.")]
    [InlineData("PUT", "/seed", "{}", 422, "$.mailboxes is missing.")]
    [InlineData("PUT", "/seed", "{ \"mailboxes\": [], \"mailboxes\": [] }", 422, "It is no JSON: Duplicate property 'mailboxes' encountered during deserialization.")]
    [InlineData("POST", "/seed", "{ \"mailboxes\": [{ \"smtpAddress\": \"\\ud800\" }] }", 422, "$.mailboxes[0].smtpAddress has a text that is no Unicode.")]
    [InlineData("POST", "/faults", "{ \"\\udc00\": 1 }", 422, "It is no JSON: the name of a property is no Unicode.")]
    [InlineData("POST", "/faults", "{ \"kind\": \"delay\", \"milliseconds\": \"x\" }", 422, "$.milliseconds has to be a whole number from 1 to 86400000.")]
    [InlineData("POST", "/faults", "{ \"kind\": \"responseCode\", \"responseCode\": \"ErrorItemNotFond\" }", 422, "$.responseCode must be the name of an EWS error such as ErrorItemNotFound, but is 'ErrorItemNotFond'.")]
    [InlineData("GET", "/journal?operation=AddImGruop", null, 400, "The parameter operation is 'AddImGruop', which is no EWS operation.")]
    [InlineData("PUT", "/snapshots/..%20", null, 400, "'.. ' is no name: at most 64 letters, digits, '.', '-' and '_', and begin with a letter or a digit.")]
    [InlineData("PUT", "/seed", "{ \"mailboxes\": null }", 422, "$.mailboxes is missing.")]
    [InlineData("POST", "/faults", "{ \"kind\": \"drop\", \"id\": \"a/b\" }", 422, "$.id must be at most 64 letters, digits, '.', '-' and '_', and begin with a letter or a digit, but is 'a/b'.")]
    [InlineData("DELETE", "/realms/none", null, 404, "There is no realm 'none'.")]
    [InlineData("PUT", "/clock", "{ \"at\": \"noon\" }", 422, "$.at has to be a time such as 2026-11-21T08:30:00Z.")]
    [InlineData("POST", "/faults", "{ \"kind\": \"drop\", \"opration\": \"AddImGroup\" }", 422, "$.opration is not known.")]
    [InlineData("POST", "/seed", "{ \"mailboxes\": [{}] }", 422, "$.mailboxes[0].smtpAddress is missing.")]
    [InlineData("DELETE", "/realms/a%20b", null, 400, "'a b' is no name of a realm.")]
    public async Task What_cannot_be_done_is_told_as_a_problem(string method, string path, string? body, int status, string problems)
    {
        await using var service = await TestService.StartAsync();

        using var request = new HttpRequestMessage(new HttpMethod(method), Api + path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        using var response = await service.Client.SendAsync(request);

        ((int)response.StatusCode).Should().Be(status);
        response.Content.Headers.ContentType!.ToString().Should().Be("application/problem+json");
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        problem.RootElement.GetProperty("problems").EnumerateArray().Select(one => one.GetString()).Should().Equal(problems.Split('|'));
        problem.RootElement.GetProperty("status").GetInt32().Should().Be(status);
    }

    [Fact]
    public async Task Seeds_keep_the_rules_of_mailboxes_and_tell_everything_that_breaks_them()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Limits = new(MaxGroups: 1, MaxContacts: 1) });

        using var response = await service.Client.PostAsync(Api + "/seed", new StringContent("""
            { "mailboxes": [
              { "smtpAddress": "a@contoso.com", "groups": [{ "displayName": "One", "ordinal": 9 }, { "displayName": "Two", "ordinal": 9 }, { "displayName": "Other Contacts", "type": "OtherContacts", "members": ["x"] }] },
              { "smtpAddress": "A@contoso.com", "imContacts": [{ "imAddress": "x" }, { "imAddress": "sip:X" }, { "imAddress": "y", "creationTime": "never" }] },
              { "smtpAddress": "b@contoso.com", "mailboxGuid": "1b4e28ba-2fa1-11d2-883f-0016d3cca427", "contacts": [{ "displayName": "\u0001" }] } ] }
            """));

        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        problem.RootElement.GetProperty("problems").EnumerateArray().Select(one => one.GetString()).Should().Equal(
            "$.mailboxes[0].groups[1].ordinal is 9, which another object has.",
            "$.mailboxes[0].groups[2].members[0]: in Other Contacts is who is in no group.",
            "$.mailboxes[0] has 2 groups; the limit is 1.",
            "$.mailboxes[1].imContacts[1] has the address of another IM contact.",
            "$.mailboxes[1].imContacts[2].creationTime has to be a time such as 2026-11-21T08:30:00Z.",
            "$.mailboxes[1] has 2 IM contacts; the limit is 1.",
            "$.mailboxes[2].contacts[0].displayName has a character that XML cannot hold.",
            "$.mailboxes has 'a@contoso.com' twice.");
        using var after = await GetAsync(service, Api + "/mailboxes");
        after.RootElement.GetProperty("mailboxes").GetArrayLength().Should().Be(0);
    }

    [Theory]
    [InlineData("\"groups\": [{ \"displayName\": \"Fav\", \"type\": \"Favorites\" }]", "$.mailboxes[0].groups[0].displayName is 'Fav'; that system group is called 'Favorites'.")]
    [InlineData("\"groups\": [{ \"displayName\": \"D\", \"type\": \"DistributionGroup\", \"smtpAddress\": \"d\" }]", "$.mailboxes[0].groups[0].smtpAddress is 'd', which is no SMTP address.")]
    [InlineData("\"groups\": [{ \"displayName\": \"T\", \"members\": [{ \"telUri\": \"tel:1\" }] }]", "$.mailboxes[0].groups[0].members[0].telUri is 'tel:1', which no IM contact has.")]
    [InlineData("\"lastCounter\": 281474976710656", "$.mailboxes[0].lastCounter has to be a whole number from 0 to 70368744177664.")]
    [InlineData("\"imContacts\": [{ \"imAddress\": \"a@b.c\", \"displayName\": \"\" }]", "$.mailboxes[0].imContacts[0].displayName is missing.")]
    [InlineData("\"imContacts\": [{ \"imAddress\": \"a@b.c\", \"properties\": { \"contacts:ImAddress:ImAddress1\": \"c@d.e\" } }]", "$.mailboxes[0].imContacts[0].imAddress is 'a@b.c', but contacts:ImAddress:ImAddress1 is 'c@d.e'.")]
    [InlineData("\"imContacts\": [{ \"imAddress\": \"a\", \"personaId\": \"p\" }, { \"imAddress\": \"b\", \"personaId\": \"p\" }]", "$.mailboxes[0].imContacts[1].personaId is another object's.")]
    [InlineData("\"contacts\": [{ \"properties\": { \"contcts:GivenName\": \"x\" } }]", "$.mailboxes[0].contacts[0].properties['contcts:GivenName'] is no property of contacts that can be set.")]
    [InlineData("\"contacts\": [{ \"properties\": { \"contacts:PhoneNumber:MobilePhone\": [\"1\", \"2\"] } }]", "$.mailboxes[0].contacts[0].properties['contacts:PhoneNumber:MobilePhone'] has too many values.")]
    [InlineData("\"contacts\": [{ \"properties\": { \"contacts:PhoneNumber:MobilePhone\": \"\" } }]", "$.mailboxes[0].contacts[0].properties['contacts:PhoneNumber:MobilePhone'] cannot be empty; null takes it away.")]
    [InlineData("\"contacts\": [{ \"properties\": { \"contacts:EmailAddress:EmailAddress1\": [\"a@b.c\", \"\", \"\", \"Nonsense\"] } }]", "$.mailboxes[0].contacts[0].properties['contacts:EmailAddress:EmailAddress1'] cannot have the MailboxType 'Nonsense'.")]
    [InlineData("\"contacts\": [{ \"properties\": { \"item:Importance\": \"foo\" } }]", "$.mailboxes[0].contacts[0].properties['item:Importance'] cannot be 'foo'.")]
    [InlineData("\"contacts\": [{ \"properties\": { \"contacts:FileAsMapping\": \"zzz\" } }]", "$.mailboxes[0].contacts[0].properties['contacts:FileAsMapping'] cannot be 'zzz'.")]
    [InlineData("\"contacts\": [{ \"properties\": { \"extended:0x3a4f:Integer\": \"x\" } }]", "$.mailboxes[0].contacts[0].properties['extended:0x3a4f:Integer'] cannot be 'x'.")]
    [InlineData("\"groups\": [{ \"displayName\": \"g\", \"members\": [\"a\\u0001@x.com\"] }]", "$.mailboxes[0].groups[0].members[0] has a character that XML cannot hold.|$.mailboxes[0].groups[0].members[0] is not the address of an IM contact.")]
    [InlineData("\"contacts\": [{ \"properties\": { \"contacts:Birthday\": \"yesterday\" } }]", "$.mailboxes[0].contacts[0].properties['contacts:Birthday'] cannot be 'yesterday'.")]
    public async Task A_mailbox_that_operations_could_not_make_is_refused(string content, string problem)
    {
        await using var service = await TestService.StartAsync();

        using var response = await service.Client.PostAsync(Api + "/seed", new StringContent($"{{ \"mailboxes\": [{{ \"smtpAddress\": \"a@contoso.com\", {content} }}] }}"));

        using var told = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        told.RootElement.GetProperty("problems").EnumerateArray().Select(one => one.GetString()).Should().Equal(problem.Split('|'));
    }

    [Fact]
    public async Task What_contacts_say_comes_back_whole_from_an_export()
    {
        await using var service = await TestService.StartAsync();
        var tag = "<t:ExtendedFieldURI PropertyTag='0x3A4F' PropertyType='String'/>";
        var named = "<t:ExtendedFieldURI PropertySetId='00062004-0000-0000-c000-000000000046' PropertyName='Zoë: x' PropertyType='IntegerArray'/>";
        var id = (await service.PostAsync(EwsRequest.CreateItem(
            "<t:Body BodyType='HTML'>&lt;p&gt;</t:Body><t:Importance>High</t:Importance>"
            + $"<t:ExtendedProperty>{tag}<t:Value>N</t:Value></t:ExtendedProperty><t:ExtendedProperty>{named}<t:Values><t:Value>1</t:Value><t:Value>-2</t:Value></t:Values></t:ExtendedProperty>"
            + "<t:GivenName>Erin</t:GivenName><t:EmailAddresses><t:Entry Key='EmailAddress1' Name='E' RoutingType='SMTP' MailboxType='Contact'>e@contoso.com</t:Entry></t:EmailAddresses>"
            + "<t:PhysicalAddresses><t:Entry Key='Home'><t:Street>1 Road</t:Street></t:Entry></t:PhysicalAddresses><t:Birthday>1990-02-03T00:00:00Z</t:Birthday>"))).Should().Succeed().Id("ItemId");
        var all = EwsRequest.GetItem([id], additional: $"<t:FieldURI FieldURI='item:Body'/>{tag}{named}");
        var before = (await service.PostAsync(all)).Should().Succeed().Text;

        var seed = await service.Client.GetStringAsync(Api + "/seed");
        using var loaded = await service.Client.PutAsync(Api + "/seed", new StringContent(seed));

        loaded.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await service.PostAsync(all)).Text.Should().Be(before);
        before.Should().Contain(">-2<").And.Contain("1 Road").And.Contain("1990-02-03");
        (await service.Client.GetStringAsync(Api + "/seed")).Should().Be(seed);
    }

    [Fact]
    public async Task Of_very_many_mistakes_the_first_hundred_are_told()
    {
        await using var service = await TestService.StartAsync();

        using var response = await service.Client.PostAsync(Api + "/seed", new StringContent($"{{ \"mailboxes\": [{string.Join(',', Enumerable.Repeat("{}", 150))}] }}"));

        using var told = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        told.RootElement.GetProperty("problems").GetArrayLength().Should().Be(101);
        told.RootElement.GetProperty("problems")[100].GetString().Should().StartWith("And 5");
    }

    [Fact]
    public async Task A_mailbox_that_nobody_could_reach_is_refused()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with
        {
            Accounts = new([People.Account("anna@contoso.com", null, null, "a@contoso.com")], autoCreate: false, new([])),
        });

        using var response = await service.Client.PostAsync(Api + "/seed", new StringContent("""{ "mailboxes": [{ "smtpAddress": "bob@contoso.com" }, { "smtpAddress": "a@contoso.com" }] }"""));

        (await response.Content.ReadAsStringAsync()).Should().Contain("bob@contoso.com has no account").And.Contain("a@contoso.com is a further address of anna@contoso.com");
    }

    [Fact]
    public async Task Switched_off_there_is_no_API_and_no_journal()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Control = new ControlOptions { IsEnabled = false } });

        using var response = await service.Client.GetAsync(Api);
        using var reset = await service.Client.PostAsync(Api + "/reset", null);

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        reset.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await service.Client.GetAsync("/")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        await service.AddGroupAsync();
    }

    [Fact]
    public async Task A_page_for_people_stands_at_the_root_of_the_service_and_of_every_realm_and_loads_nothing_from_elsewhere()
    {
        await using var service = await TestService.StartAsync();

        foreach (var path in new[] { "/", "/realms/a/", "/realms/a" })
        {
            using var page = await service.Client.GetAsync(path);
            page.StatusCode.Should().Be(HttpStatusCode.OK);
            page.Content.Headers.ContentType!.ToString().Should().Be("text/html; charset=utf-8");
            page.Headers.GetValues("Content-Security-Policy").Single().Should().StartWith("default-src 'none';").And.NotContain("http");
        }

        using var journal = await GetAsync(service, Api + "/journal/count");
        journal.RootElement.GetProperty("count").GetInt32().Should().Be(0);
    }

    [Fact]
    public async Task It_is_not_below_the_EWS_path_and_a_page_of_another_site_may_not_call_it()
    {
        await using var service = await TestService.StartAsync();

        using var below = await service.Client.PostAsync("/EWS/_control/v1/reset", null);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, Api + "/reset");
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var refused = await service.Client.SendAsync(foreign);
        using var unmarked = new HttpRequestMessage(HttpMethod.Post, Api + "/reset");
        unmarked.Headers.Add("Origin", "http://evil.example");
        (await service.Client.SendAsync(unmarked)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        using var own = new HttpRequestMessage(HttpMethod.Post, Api + "/reset");
        own.Headers.Add("Origin", service.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        (await service.Client.SendAsync(own)).StatusCode.Should().Be(HttpStatusCode.NoContent);
        using var inRealm = await service.Client.GetAsync("/realms/a" + Api);

        below.StatusCode.Should().Be(HttpStatusCode.NotFound);
        refused.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await inRealm.Content.ReadAsStringAsync()).Should().Contain("\"realm\": \"a\"");
    }

    [Fact]
    public async Task With_a_token_it_answers_nobody_who_does_not_show_it()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Control = new ControlOptions { Token = "open sesame" } });

        using var without = await service.Client.GetAsync(Api + "/seed");
        service.Client.DefaultRequestHeaders.Authorization = new("Bearer", "open sesame");
        using var with = await service.Client.GetAsync(Api + "/seed");

        without.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        without.Headers.WwwAuthenticate.ToString().Should().Be("Bearer");
        with.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_realm_is_listed_once_it_is_used_and_gone_once_it_is_removed()
    {
        await using var service = await TestService.StartAsync();
        (await service.PostAsync(Encoding.UTF8.GetBytes(EwsRequest.AddImGroup("Team")), path: "/realms/a/EWS/Exchange.asmx")).Should().Succeed();

        using var before = await GetAsync(service, Api + "/realms");
        (await service.Client.DeleteAsync(Api + "/realms/a")).Dispose();
        using var after = await GetAsync(service, Api + "/realms");
        using var mailboxes = await GetAsync(service, "/realms/a" + Api + "/mailboxes");

        before.RootElement.GetProperty("realms").EnumerateArray().Select(name => name.GetString()).Should().Equal("", "a");
        after.RootElement.GetProperty("realms").EnumerateArray().Select(name => name.GetString()).Should().Equal("");
        mailboxes.RootElement.GetProperty("mailboxes").GetArrayLength().Should().Be(0);
    }

    private static async Task<JsonDocument> GetAsync(TestService service, string path, [CallerArgumentExpression(nameof(path))] string what = "")
    {
        using var response = await service.Client.GetAsync(path);
        response.StatusCode.Should().Be(HttpStatusCode.OK, what);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync());
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);

    [GeneratedRegex("\"\\$ref\":\\s*\"([^\"]+)\"")]
    private static partial Regex Reference();
}
