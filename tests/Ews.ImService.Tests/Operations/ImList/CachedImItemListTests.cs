using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Ews.ImService.Control;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Operations.ImList;

/// <summary>Compares a service that keeps responses with one that keeps none, and reads lists while others change them.</summary>
public sealed class CachedImItemListTests : IAsyncLifetime
{
    private const string DisplayNameField =
        "<m:ExtendedProperties><t:ExtendedProperty PropertyTag='0x3001' PropertyType='String'/></m:ExtendedProperties>";

    private static readonly DateTimeOffset Time = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private TestService _caching = null!;
    private TestService _writing = null!;

    public async Task InitializeAsync()
    {
        // The ids and times of both services are the same.
        var settings = TestService.WithAnyDistributionGroup with { Control = new ControlOptions { IdSeed = 1, ClockAt = Time } };
        _caching = await TestService.StartAsync(settings);
        _writing = await TestService.StartAsync(settings with { Ews = new EwsOptions { ResponseCacheBytes = 1 } });
    }

    public async Task DisposeAsync()
    {
        await _caching.DisposeAsync();
        await _writing.DisposeAsync();
    }

    [Fact]
    public async Task After_every_kind_of_change_the_list_is_byte_for_byte_the_list_of_a_service_without_a_cache()
    {
        await VerifyAsync();
        var team = await ChangeAsync(EwsRequest.AddImGroup("Team"), "ExchangeStoreId");
        var other = await ChangeAsync(EwsRequest.AddImGroup("Other <&> \u00e9\U0001F600"), "ExchangeStoreId");
        var anna = await ChangeAsync(EwsRequest.AddNewImContactToGroup("anna@contoso.com", "Anna", team), "SourceId");
        await ChangeAsync(EwsRequest.AddNewImContactToGroup("bob@contoso.com"), "SourceId");
        await ChangeAsync(EwsRequest.AddNewTelUriContactToGroup(groupId: team), "SourceId");
        await ChangeAsync(EwsRequest.AddImContactToGroup(anna, other));
        await ChangeAsync(EwsRequest.SetImGroup(team, "Renamed"));
        var distribution = await ChangeAsync(EwsRequest.AddDistributionGroupToImList("all@contoso.com", "All"), "ExchangeStoreId");
        var ordinary = await ChangeAsync(
            EwsRequest.CreateItem(
                "<t:DisplayName>Ordinary</t:DisplayName><t:EmailAddresses><t:Entry Key='EmailAddress1'>bob@contoso.com</t:Entry>"
                + "</t:EmailAddresses>"),
            "ItemId");
        var second = await ChangeAsync(
            EwsRequest.CreateItem("<t:ImAddresses><t:Entry Key='ImAddress1'>anna@contoso.com</t:Entry></t:ImAddresses>"), "ItemId");
        await ChangeAsync(EwsRequest.UpdateItem(
            ordinary, EwsRequest.SetField("contacts:DisplayName", "<t:DisplayName>Changed</t:DisplayName>")));
        await ChangeAsync(EwsRequest.UpdateItem(anna, EwsRequest.SetField("contacts:Surname", "<t:Surname>Smith</t:Surname>")));
        await ChangeAsync(EwsRequest.DeleteItem(second));
        await ChangeAsync(EwsRequest.RemoveImContactFromGroup(anna, team));
        await ChangeAsync(EwsRequest.For("SetImListMigrationCompleted", "<m:ImListMigrationCompleted>true</m:ImListMigrationCompleted>"));
        await ChangeAsync(EwsRequest.RemoveDistributionGroupFromImList(distribution));
        await ChangeAsync(EwsRequest.RemoveImGroup(other));
        await ChangeAsync(EwsRequest.RemoveContactFromImList(anna));
        await ChangeAsync(EwsRequest.DeleteItem(ordinary));

        async Task<string> ChangeAsync(string request, string? id = null)
        {
            var response = (await _caching.PostAsync(request)).Should().Succeed();
            (await _writing.PostAsync(request)).Text.Should().Be(response.Text);
            await VerifyAsync();
            return id is null ? "" : response.All(id)[^1].Attribute("Id")!.Value;
        }
    }

    [Fact]
    public async Task Calls_of_the_control_API_are_visible_in_the_next_list()
    {
        await VerifyAsync();
        await CallAsync("POST", "/seed", """
            { "mailboxes": [{ "smtpAddress": "user@contoso.com", "groups": [{ "displayName": "Seeded", "members": ["a@contoso.com"] }] }] }
            """);
        (await GroupsAsync()).Should().EndWith("Seeded");
        await CallAsync("PUT", "/snapshots/one");
        await PostToBothAsync(EwsRequest.AddImGroup("Later"));
        (await GroupsAsync()).Should().EndWith("Later");
        await CallAsync("POST", "/snapshots/one/restore");
        (await GroupsAsync()).Should().EndWith("Seeded");
        await PostToBothAsync(EwsRequest.AddImGroup("Later"));
        (await GroupsAsync()).Should().EndWith("Later");
        await CallAsync("POST", "/clock/advance", """{ "milliseconds": 3600000 }""");
        await PostToBothAsync(EwsRequest.AddNewImContactToGroup("new@contoso.com"));
        await VerifyAsync();
        await CallAsync("PUT", "/seed", """
            { "mailboxes": [{ "smtpAddress": "user@contoso.com", "groups": [{ "displayName": "Replaced" }] }] }
            """);
        (await GroupsAsync()).Should().EndWith("Replaced");
        await CallAsync("POST", "/reset?mailbox=user@contoso.com");
        (await GroupsAsync()).Should().EndWith("Favorites");
        await PostToBothAsync(EwsRequest.AddImGroup("Later"));
        await CallAsync("POST", "/reset");
        (await GroupsAsync()).Should().EndWith("Favorites");
    }

    [Fact]
    public async Task Realms_with_the_same_mailbox_have_lists_of_their_own_and_a_deleted_realm_has_none()
    {
        const string Realm = "/realms/one";
        await PostToBothAsync(EwsRequest.AddImGroup("Default"));
        await PostToBothAsync(EwsRequest.AddImGroup("In realm"), Realm + EwsOptions.Path);
        (await GroupsAsync(Realm + EwsOptions.Path)).Should().EndWith("In realm").And.NotContain("Default");
        (await GroupsAsync()).Should().EndWith("Default").And.NotContain("In realm");

        await CallAsync("DELETE", Realm);

        (await GroupsAsync(Realm + EwsOptions.Path)).Should().EndWith("Favorites");
        (await GroupsAsync()).Should().EndWith("Default");
    }

    [Fact]
    public async Task The_list_depends_on_nothing_but_the_mailbox_the_spelling_and_the_requested_properties()
    {
        var anna = SmtpAddress.Parse("anna@contoso.com");
        var mailbox = MailboxImporter.Import(
            new MailboxDescription
            {
                SmtpAddress = TestService.DefaultMailbox,
                Groups = [new GroupDescription { DisplayName = "Team", Members = [new MemberDescription { Contact = anna.Value }] }],
                ImContacts = [new ContactDescription { ImAddress = anna.Value }],
            },
            new MailboxLimits(),
            TimeProvider.System,
            (_, _) => Guid.NewGuid()).Mailbox;
        await using var different = await TestService.StartAsync(TestService.InMemory with
        {
            Directory = new AddressList([new DirectoryUser(anna, "Anna of the directory")], [], anyDistributionGroup: true),
            Limits = new MailboxLimits(1, 1),
            Control = new ControlOptions { IsEnabled = false, ClockAt = Time.AddYears(1) },
            Ews = new EwsOptions { AllowMissingVersion = true, DefaultMailbox = anna },
        });
        await _caching.ReplaceAsync(mailbox);
        await different.ReplaceAsync(mailbox);
        string[] headers =
        [
            EwsRequest.Version,
            """<t:RequestServerVersion Version="Exchange2013_SP1"/>""",
            """<t:RequestServerVersion Version="Exchange2016"/>""",
            EwsRequest.Version + "<t:MailboxCulture>de-DE</t:MailboxCulture>",
            EwsRequest.Version + """<t:TimeZoneContext><t:TimeZoneDefinition Id="Tokyo Standard Time"/></t:TimeZoneContext>""",
        ];
        string impersonating = "<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>" + TestService.DefaultMailbox
            + "</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>";

        var expected = (await _caching.PostAsync(EwsRequest.GetImItemList())).Should().Succeed().Text;

        foreach (var header in headers)
        {
            foreach (var service in new[] { _caching, different })
            {
                var request = EwsRequest.For("GetImItemList", "", header + impersonating);
                (await service.PostAsync(request)).Text.Should().Be(expected, header);
            }
        }
    }

    [Fact]
    public async Task A_compressed_list_has_the_headers_of_other_compressed_responses()
    {
        await PostToBothAsync(EwsRequest.AddNewImContactToGroup("anna@contoso.com"));
        foreach (var accepted in new[] { "gzip", "gzip, deflate", "identity", "deflate", "gzip;q=0", "*", "identity, gzip;q=0.5" })
        {
            var headers = new List<string>();
            foreach (var (service, request) in new[]
            {
                (_caching, EwsRequest.GetImItemList()), (_caching, EwsRequest.GetImItemList()), (_caching, EwsRequest.GetImItems()),
            })
            {
                using var message = new HttpRequestMessage(HttpMethod.Post, EwsOptions.Path) { Content = Content(request) };
                message.Headers.Add("Accept-Encoding", accepted);
                using var response = await service.Client.SendAsync(message);
                headers.Add(
                    $"{response.Content.Headers.ContentEncoding} {response.Headers.Vary} {response.Headers.TransferEncoding} "
                    + $"{response.Content.Headers.ContentType} {response.Content.Headers.ContentLength is not null}");
            }

            headers.Distinct().Should().ContainSingle(accepted);
        }
    }

    [Fact]
    public async Task A_list_contains_every_change_that_was_acknowledged_before_and_none_that_was_not_made()
    {
        const int Writers = 4;
        const int Rounds = 15;
        var writers = Enumerable.Range(0, Writers).Select(number => new Writer(_caching, $"writer{number}-")).ToList();
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 6).Select(number => Task.Run(() => ReadAsync(number))).ToList();

        await Task.WhenAll(writers.Select(writer => Task.Run(() => writer.RunAsync(Rounds))));
        await stop.CancelAsync();
        var lists = await Task.WhenAll(readers);

        lists.Should().OnlyContain(count => count > 0);

        async Task<int> ReadAsync(int number)
        {
            var request = EwsRequest.For(
                "GetImItemList", number % 3 == 0 ? DisplayNameField : "", spelling: number % 2 == 0 ? "http" : "https");
            var seen = new int[Writers];
            var count = 0;
            while (!stop.IsCancellationRequested || count == 0)
            {
                var acknowledged = writers.Select(writer => writer.Acknowledged).ToList();
                var list = await ReadListAsync(_caching, request, compressed: number % 3 == 1);
                foreach (var (index, writer) in writers.Index())
                {
                    var version = writer.FindVersion(list, first: Math.Max(acknowledged[index], seen[index]));
                    version.Should().NotBe(Writer.NoVersion, "the list shows all changes up to one that was sent: " + list.Text);
                    seen[index] = version;
                }

                count++;
            }

            return count;
        }
    }

    private static ByteArrayContent Content(string request)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(request));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("text/xml; charset=utf-8");
        return content;
    }

    private static async Task<EwsResponse> ReadListAsync(TestService service, string request, bool compressed)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, EwsOptions.Path) { Content = Content(request) };
        if (compressed)
            message.Headers.Add("Accept-Encoding", "gzip");
        using var response = await service.Client.SendAsync(message);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var body = await response.Content.ReadAsByteArrayAsync();
        response.Content.Headers.ContentEncoding.Should().Equal(compressed ? ["gzip"] : []);
        if (compressed)
        {
            using var plain = new MemoryStream();
            await using (var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress))
                await gzip.CopyToAsync(plain);
            body = plain.ToArray();
        }

        return new EwsResponse((int)response.StatusCode, response.Content.Headers.ContentType!.ToString(), body);
    }

    /// <summary>Verifies all forms of the list; the second response comes from the cache.</summary>
    private async Task VerifyAsync(string path = EwsOptions.Path)
    {
        foreach (var content in new[] { "", DisplayNameField })
        {
            foreach (var spelling in new[] { "http", "https" })
            {
                var request = Encoding.UTF8.GetBytes(EwsRequest.For("GetImItemList", content, spelling: spelling));
                var expected = await _writing.PostAsync(request, path: path);
                expected.Codes().Should().Equal("NoError");
                (await _caching.PostAsync(request, path: path)).Body.Should().Equal(expected.Body);
                (await _caching.PostAsync(request, path: path)).Body.Should().Equal(expected.Body);
            }
        }
    }

    private async Task<IEnumerable<string>> GroupsAsync(string path = EwsOptions.Path)
    {
        await VerifyAsync(path);
        return (await _caching.PostAsync(Encoding.UTF8.GetBytes(EwsRequest.GetImItemList()), path: path)).Groups();
    }

    private async Task PostToBothAsync(string request, string path = EwsOptions.Path)
    {
        foreach (var service in new[] { _caching, _writing })
            (await service.PostAsync(Encoding.UTF8.GetBytes(request), path: path)).Should().Succeed();
    }

    private async Task CallAsync(string method, string path, string? body = null)
    {
        foreach (var service in new[] { _caching, _writing })
        {
            using var response = await service.SendAsync(method, path, body);
            response.IsSuccessStatusCode.Should().BeTrue(await response.Content.ReadAsStringAsync());
        }
    }

    /// <summary>A client that changes groups and contacts with its own prefix, one after another.</summary>
    private sealed class Writer(TestService service, string prefix)
    {
        public const int NoVersion = -1;

        /// <summary>The names of groups and contacts after each change. Another thread reads it while changes are added.</summary>
        private readonly ConcurrentDictionary<int, string> _versions = new() { [0] = "" };
        private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
        private volatile int _sent;
        private volatile int _acknowledged;

        /// <summary>Gets the number of changes that were acknowledged.</summary>
        public int Acknowledged => _acknowledged;

        public async Task RunAsync(int rounds)
        {
            for (var round = 0; round < rounds; round++)
            {
                var (name, renamed, address) = ($"{prefix}{round}", $"{prefix}{round}-renamed", $"{prefix}{round}@contoso.com");
                var group = await ChangeAsync(EwsRequest.AddImGroup(name), () => _names.Add(name), "ExchangeStoreId");
                var contact = await ChangeAsync(
                    EwsRequest.AddNewImContactToGroup(address, groupId: group), () => _names.Add(address), "SourceId");
                await ChangeAsync(EwsRequest.SetImGroup(group, renamed), () => _names.Remove(name) | _names.Add(renamed));
                if (round % 2 == 0)
                    continue;
                await ChangeAsync(EwsRequest.RemoveContactFromImList(contact), () => _names.Remove(address));
                await ChangeAsync(EwsRequest.RemoveImGroup(group), () => _names.Remove(renamed));
            }
        }

        /// <summary>Returns the number of changes after which the groups and contacts are those of a list.</summary>
        /// <param name="list">The list.</param>
        /// <param name="first">The minimum number. Some changes undo others, so that several numbers are possible.</param>
        /// <returns>The number, or <see cref="NoVersion"/> if the list is not one of those after the changes sent so far.</returns>
        public int FindVersion(EwsResponse list, int first)
        {
            var names = list.Groups().Concat(list.All("ImAddress").Select(address => address.Value))
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal);
            var text = string.Join(' ', names);
            return Enumerable.Range(first, _sent + 1 - first).FirstOrDefault(version => _versions[version] == text, NoVersion);
        }

        private async Task<string> ChangeAsync(string request, Func<bool> change, string? id = null)
        {
            change().Should().BeTrue();
            _versions[_sent + 1] = string.Join(' ', _names);
            _sent++;
            var response = (await service.PostAsync(request)).Should().Succeed();
            _acknowledged++;
            return id is null ? "" : response.All(id)[^1].Attribute("Id")!.Value;
        }
    }
}
