using System.Globalization;

namespace Ews.ImService.Reliability.Races;

/// <summary>Races for groups, contacts and members of an IM list.</summary>
internal static class ImListRaces
{
    private const string Address = "contact@contoso.com";
    private const int Half = RaceRealm.Clients / 2;

    /// <summary>One of 64 groups with the same name is added.</summary>
    public static async Task AddSameGroupAsync(RaceRealm realm)
    {
        var responses = await realm.SendTogetherAsync(All(number => Requests.AddImGroup(number % 2 == 0 ? "Same name" : "SAME NAME")));

        RaceRealm.Expect(responses, ("NoError", 1), ("ErrorImGroupDisplayNameAlreadyExists", RaceRealm.Clients - 1));
        var winner = responses.Single(response => response.Succeeded);
        var list = await realm.ReadListAsync();
        RaceRealm.Verify(list.Groups["Same name"].Id == winner.Id("ExchangeStoreId"), "The group does not have the id of the winner.");
    }

    /// <summary>64 clients add the same contact to the same group: one contact, one member.</summary>
    public static async Task AddSameContactAsync(RaceRealm realm)
    {
        var group = await realm.AddGroupAsync("Team");

        var responses = await realm.SendTogetherAsync(All(_ => Requests.AddNewImContact(Address, group)));

        var id = SingleContact(responses);
        var list = await realm.ReadListAsync();
        RaceRealm.Verify(list.Contacts.SetEquals([id]), "The list does not have exactly one contact.");
        RaceRealm.Verify(list.Groups["Team"].Members.SequenceEqual([id]), "The group does not have exactly one member.");
    }

    /// <summary>64 clients add the same contact to eight groups: one contact, a member of each.</summary>
    public static async Task AddSameContactToGroupsAsync(RaceRealm realm)
    {
        var groups = new List<string>();
        for (var number = 0; number < 8; number++)
            groups.Add(await realm.AddGroupAsync($"Group {number}"));

        var responses = await realm.SendTogetherAsync(All(number => Requests.AddNewImContact(Address, groups[number % 8])));

        var id = SingleContact(responses);
        var list = await realm.ReadListAsync();
        var members = list.Groups.Values.Where(group => groups.Contains(group.Id)).SelectMany(group => group.Members);
        RaceRealm.Verify(members.SequenceEqual(Enumerable.Repeat(id, 8)), "The eight groups do not have exactly one member each.");
    }

    /// <summary>64 clients add the same contact, by its id, to the same group: one member.</summary>
    public static async Task AddSameMemberAsync(RaceRealm realm)
    {
        var group = await realm.AddGroupAsync("Team");
        var contact = await realm.AddContactAsync(Address);

        var responses = await realm.SendTogetherAsync(All(_ => Requests.AddImContactToGroup(contact, group)));

        RaceRealm.Expect(responses, ("NoError", RaceRealm.Clients));
        var members = (await realm.ReadListAsync()).Groups["Team"].Members;
        RaceRealm.Verify(members.SequenceEqual([contact]), "The group does not have exactly one member.");
    }

    /// <summary>One of 64 groups is renamed to the same name.</summary>
    public static async Task RenameToSameNameAsync(RaceRealm realm)
    {
        var added = await realm.SendTogetherAsync(All(number => Requests.AddImGroup($"Group {number}")));
        RaceRealm.Expect(added, ("NoError", RaceRealm.Clients));
        var ids = added.Select(response => response.Id("ExchangeStoreId")).ToList();

        var responses = await realm.SendTogetherAsync(All(number => Requests.SetImGroup(ids[number], "Same name")));

        RaceRealm.Expect(responses, ("NoError", 1), ("ErrorImGroupDisplayNameAlreadyExists", RaceRealm.Clients - 1));
        var winner = responses.Index().Single(it => it.Item.Succeeded).Index;
        var list = await realm.ReadListAsync();
        RaceRealm.Verify(list.Groups["Same name"].Id == ids[winner], "Another group than that of the winner has the name.");
        RaceRealm.Verify(list.Groups.Values.Count(group => ids.Contains(group.Id)) == ids.Count, "A group is missing.");
    }

    /// <summary>A member is removed and added at the same time.</summary>
    public static async Task RemoveAndAddMemberAsync(RaceRealm realm)
    {
        var kept = await realm.AddGroupAsync("Kept");
        var group = await realm.AddGroupAsync("Team");
        var contact = await realm.AddContactAsync(Address, kept);
        await realm.AddContactAsync(Address, group);

        var responses = await realm.SendTogetherAsync(All(number => number < Half
            ? Requests.RemoveImContactFromGroup(contact, group)
            : Requests.AddImContactToGroup(contact, group)));

        var removed = RaceRealm.ExpectEither([.. responses.Take(Half)], "NoError", "ErrorInvalidImContactId");
        RaceRealm.Expect(responses.Skip(Half), ("NoError", Half));
        RaceRealm.Verify(removed.Count > 0, "No removal succeeded, although the contact was a member.");
        var list = await realm.ReadListAsync();
        RaceRealm.Verify(list.Groups["Kept"].Members.SequenceEqual([contact]), "The contact is missing in the other group.");
        RaceRealm.Verify(list.Contacts.SetEquals([contact]), "The list does not have exactly one contact.");
    }

    /// <summary>A contact is removed from the list once, while clients add it again.</summary>
    public static async Task RemoveAndAddContactAsync(RaceRealm realm)
    {
        var group = await realm.AddGroupAsync("Team");
        var old = await realm.AddContactAsync(Address, group);

        var responses = await realm.SendTogetherAsync(All(number => number < Half
            ? Requests.RemoveContactFromImList(old)
            : Requests.AddNewImContact(Address, group)));

        RaceRealm.Expect(responses.Take(Half), ("NoError", 1), ("ErrorItemNotFound", Half - 1));
        RaceRealm.Expect(responses.Skip(Half), ("NoError", Half));
        var added = responses.Skip(Half).Select(response => response.Id("SourceId")).Where(id => id != old).Distinct().ToList();
        RaceRealm.Verify(added.Count <= 1, "The contact was added twice.");
        var list = await realm.ReadListAsync();
        RaceRealm.Verify(list.Contacts.SetEquals(added), "The list does not have exactly the contact that was added last.");
        RaceRealm.Verify(list.Groups["Team"].Members.SequenceEqual(added), "The group does not have exactly that contact.");
    }

    /// <summary>A group is removed once, while clients add contacts to it: each contact is added as a whole or not at all.</summary>
    public static async Task RemoveGroupWhileAddingAsync(RaceRealm realm)
    {
        const int Removals = 8;
        var group = await realm.AddGroupAsync("Team");

        var responses = await realm.SendTogetherAsync(All(number => number < Removals
            ? Requests.RemoveImGroup(group)
            : Requests.AddNewImContact($"contact{number}@contoso.com", group)));

        RaceRealm.Expect(responses.Take(Removals), ("NoError", 1), ("ErrorInvalidImGroupId", Removals - 1));
        var added = RaceRealm.ExpectEither([.. responses.Skip(Removals)], "NoError", "ErrorItemNotFound");
        var list = await realm.ReadListAsync();
        RaceRealm.Verify(!list.Groups.ContainsKey("Team"), "The group is present.");
        RaceRealm.Verify(
            list.Contacts.SetEquals(added.Select(response => response.Id("SourceId"))),
            "The list does not have exactly the contacts that were added.");
    }

    /// <summary>Readers see only lists that existed, one after the other, while clients write.</summary>
    public static async Task ReadWhileWritingAsync(RaceRealm realm)
    {
        const int Versions = 12;
        var group = await realm.AddGroupAsync("Version 0");
        var acknowledged = 0;
        var readers = Enumerable.Range(0, RaceRealm.Clients / 4).Select(_ => ReadAsync());
        await Task.WhenAll([RenameAsync(), AddAndRemoveAsync("one"), AddAndRemoveAsync("two"), .. readers]);

        async Task RenameAsync()
        {
            for (var version = 1; version <= Versions; version++)
            {
                await realm.CallAsync(RaceRequest.Ews(Requests.SetImGroup(group, $"Version {version}")));
                Volatile.Write(ref acknowledged, version);
            }
        }

        async Task AddAndRemoveAsync(string name)
        {
            for (var number = 0; number < Versions; number++)
            {
                var contact = await realm.AddContactAsync($"{name}{number}@contoso.com", group);
                if (number % 2 == 0)
                    await realm.CallAsync(RaceRequest.Ews(Requests.RemoveContactFromImList(contact)));
            }
        }

        async Task ReadAsync()
        {
            for (var last = 0; last < Versions;)
            {
                var expected = Math.Max(last, Volatile.Read(ref acknowledged));
                var name = (await realm.ReadListAsync()).Groups.Single(it => it.Value.Id == group).Key;
                last = int.Parse(name.AsSpan("Version ".Length), CultureInfo.InvariantCulture);
                RaceRealm.Verify(last >= expected, $"A list has version {last} after version {expected} was acknowledged or read.");
            }
        }
    }

    private static string SingleContact(IReadOnlyList<RaceResponse> responses)
    {
        RaceRealm.Expect(responses, ("NoError", RaceRealm.Clients));
        var ids = responses.Select(response => response.Id("SourceId")).Distinct().ToList();
        RaceRealm.Verify(ids.Count == 1, $"The contact was added {ids.Count} times.");
        return ids[0];
    }

    private static IEnumerable<RaceRequest> All(Func<int, string> operation) =>
        Enumerable.Range(0, RaceRealm.Clients).Select(number => RaceRequest.Ews(operation(number)));
}
