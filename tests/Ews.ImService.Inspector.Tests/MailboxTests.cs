using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests;

public sealed class MailboxTests(ITestOutputHelper output) : InspectorTest(output)
{
    private const string Alice = "alice@contoso.com";

    private static readonly string[] SystemGroups = ["Other Contacts", "Favorites"];

    private static readonly string[] NamesOfAlice = ["Team", "Family", "Favorites", "Bob", "Carol", "Erin"];

    [BrowserFact]
    public Task A_mailbox_shows_groups_with_members_and_contacts() => RunAsync(async session =>
    {
        var mailbox = await SeedAsync(session);
        await session.OpenAsync($"#/mailbox/{Alice}");
        var content = session.Page.Content();

        foreach (var text in NamesOfAlice)
            await Expect(content.GetByText(text).First).ToBeVisibleAsync();
        await Group(session, "Team").Button("Show ids").ClickAsync();
        await Expect(Group(session, "Team")).ToContainTextAsync(mailbox.GetGroup("Team").Id!);
        await Expect(Group(session, "Team")).ToContainTextAsync("Change key");
    });

    [BrowserFact]
    public Task A_group_is_added_renamed_and_removed() => RunAsync(async session =>
    {
        await SeedAsync(session);
        await session.OpenAsync($"#/mailbox/{Alice}");
        var content = session.Page.Content();
        await content.Button("Add group").ClickAsync();
        await SubmitAsync(session, "Friends");
        await Expect(content.GetByText("Friends", new() { Exact = true }).First).ToBeVisibleAsync();

        await Group(session, "Friends").Button("Rename").ClickAsync();
        await SubmitAsync(session, "Close friends");
        await Expect(content.GetByText("Close friends", new() { Exact = true }).First).ToBeVisibleAsync();
        (await GroupNamesAsync(session)).Should().Equal("Team", "Family", "Close friends");

        await RemoveAsync(session, "Close friends", "0 memberships");
        await Expect(content.GetByText("Close friends", new() { Exact = true })).ToHaveCountAsync(0);
        (await GroupNamesAsync(session)).Should().Equal("Team", "Family");
    });

    [BrowserFact]
    public Task A_group_with_members_is_removed_after_a_question() => RunAsync(async session =>
    {
        await SeedAsync(session);
        await session.OpenAsync($"#/mailbox/{Alice}");

        await RemoveAsync(session, "Team", "2 memberships");

        await Expect(Group(session, "Team")).ToHaveCountAsync(0);
        (await GroupNamesAsync(session)).Should().Equal("Family");
        (await session.Server.FindMailboxAsync(Alice))!.ImContacts!.Should().HaveCount(2);
    });

    [BrowserFact]
    public Task The_error_of_the_domain_is_shown_if_a_name_exists() => RunAsync(async session =>
    {
        await SeedAsync(session);
        await session.OpenAsync($"#/mailbox/{Alice}");

        await session.Page.Content().Button("Add group").ClickAsync();
        await SubmitAsync(session, "Team");

        var alert = session.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "ErrorImGroupDisplayNameAlreadyExists" });
        await Expect(alert).ToBeVisibleAsync();
    });

    [BrowserFact]
    public Task A_contact_is_added_put_into_a_group_and_removed() => RunAsync(async session =>
    {
        await SeedAsync(session);
        await session.OpenAsync($"#/mailbox/{Alice}");
        var content = session.Page.Content();
        await content.Button("Add contact").First.ClickAsync();
        var dialog = session.Page.DialogBox("Add a contact");
        await dialog.Field("IM address").FillAsync("dave@contoso.com");
        await dialog.Field("Display name").FillAsync("Dave");
        await dialog.Field("Group").SelectOptionAsync("Team");
        await dialog.Button("Add").ClickAsync();
        await Expect(Group(session, "Team")).ToContainTextAsync("Dave");
        await content.GetByText("dave@contoso.com").First.ClickAsync();
        var contact = session.Page.Region("Contact Dave");
        await Expect(contact).ToContainTextAsync(">Dave</DisplayName>");

        await contact.Button("Add to group…").ClickAsync();
        await session.Page.DialogBox("Add Dave to a group").Field("Group").SelectOptionAsync("Family");
        await session.Page.DialogBox("Add Dave to a group").Button("Add").ClickAsync();
        await Expect(Group(session, "Family")).ToContainTextAsync("Dave");
        (await session.Server.FindMailboxAsync(Alice))!.GetMembers("Family").Should().ContainSingle();

        await contact.Button("Remove from Family").ClickAsync();
        await Expect(Group(session, "Family")).Not.ToContainTextAsync("Dave");
        await contact.Button("Remove").ClickAsync();
        await Expect(content.GetByText("dave@contoso.com")).ToHaveCountAsync(0);
        (await session.Server.FindMailboxAsync(Alice))!.ImContacts!.Should().HaveCount(2);
    });

    [BrowserFact]
    public Task An_exported_mailbox_is_imported_by_drag_and_drop() => RunAsync(async session =>
    {
        await SeedAsync(session);
        await session.OpenAsync($"#/mailbox/{Alice}");
        var content = session.Page.Content();
        var download = await session.Page.RunAndWaitForDownloadAsync(() => content.Button("Export").ClickAsync());
        var document = await File.ReadAllTextAsync(await download.PathAsync());
        document.Should().Contain("Team").And.Contain(Alice);
        session.Guard.Expect("404 (Not Found)"); // The mailbox does not exist after the reset.
        await session.Server.ResetAsync();
        await Expect(content.GetByText("Family", new() { Exact = true })).ToHaveCountAsync(0);

        await DropAsync(session.Page, document);
        var dialog = session.Page.DialogBox("Import seed.json");
        await Expect(dialog).ToContainTextAsync(Alice);
        await dialog.Button("Import").ClickAsync();

        await Expect(content.GetByText("Family", new() { Exact = true }).First).ToBeVisibleAsync();
        (await GroupNamesAsync(session)).Should().Equal("Team", "Family");
    });

    [BrowserFact]
    public Task A_system_group_cannot_be_renamed_or_removed() => RunAsync(async session =>
    {
        await SeedAsync(session);
        await session.OpenAsync($"#/mailbox/{Alice}");

        await Expect(Group(session, "Team").Button("Rename")).ToHaveCountAsync(1);
        foreach (var name in SystemGroups)
        {
            await Expect(Group(session, name).Button("Show ids")).ToHaveCountAsync(1);
            await Expect(Group(session, name).Button("Rename")).ToHaveCountAsync(0);
            await Expect(Group(session, name).Button("Remove…")).ToHaveCountAsync(0);
        }
    });

    [BrowserFact]
    public Task The_last_file_that_is_dropped_on_any_view_is_imported() => RunAsync(async session =>
    {
        await session.OpenAsync("#/requests");
        await Expect(session.Page.StreamState("Live")).ToBeVisibleAsync();

        await DropAsync(session.Page, "no document", "first.json");
        var first = session.Page.DialogBox("Import first.json");
        await Expect(first.GetByText("first.json is not a JSON document")).ToBeVisibleAsync();
        await DropAsync(session.Page, $$"""{ "mailboxes": [{ "smtpAddress": "{{Alice}}" }] }""", "second.json");
        var second = session.Page.DialogBox("Import second.json");
        await Expect(second).ToContainTextAsync(Alice);
        await Expect(second).Not.ToContainTextAsync("not a JSON document");
        await Expect(first).ToHaveCountAsync(0);
        await second.Button("Import").ClickAsync();

        await Expect(session.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        (await session.Server.FindMailboxAsync(Alice)).Should().NotBeNull();
    });

    private static Task<SeedMailbox> SeedAsync(InspectorSession session) => session.Server.SeedAsync(new SeedMailbox(Alice)
        .WithImContact("bob@contoso.com", "Bob")
        .WithImContact("carol@contoso.com", "Carol")
        .WithGroup("Team", "bob@contoso.com", "carol@contoso.com")
        .WithGroup("Family")
        .WithContact(new Dictionary<string, string> { ["contacts:DisplayName"] = "Erin", ["contacts:GivenName"] = "Erin" }));

    private static async Task<IEnumerable<string>> GroupNamesAsync(InspectorSession session) =>
        (await session.Server.FindMailboxAsync(Alice))!.UserGroups.Select(group => group.DisplayName);

    private static async Task RemoveAsync(InspectorSession session, string group, string memberships)
    {
        await Group(session, group).Button("Remove…").ClickAsync();
        var dialog = session.Page.DialogBox("Remove the group");
        await Expect(dialog).ToContainTextAsync(group);
        await Expect(dialog).ToContainTextAsync(memberships);
        (await GroupNamesAsync(session)).Should().Contain(group);
        await dialog.Button("Remove").ClickAsync();
    }

    private static ILocator Group(InspectorSession session, string name) =>
        session.Page.Content().GetByRole(AriaRole.Group, new() { Name = name, Exact = true });

    /// <summary>Enters a text in the first field of the open dialog and submits it.</summary>
    private static async Task SubmitAsync(InspectorSession session, string text)
    {
        await session.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox).First.FillAsync(text);
        await session.Page.Keyboard.PressAsync("Enter");
    }

    private static async Task DropAsync(IPage page, string document, string name = "seed.json") => await page.EvaluateAsync(
        """
        ([document, name]) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([document], name, { type: 'application/json' }));
            const target = globalThis.document.querySelector('main');
            for (const type of ['dragenter', 'dragover', 'drop'])
                target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
        }
        """,
        new[] { document, name });
}
