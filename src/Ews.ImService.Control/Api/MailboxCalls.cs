using System.Text.Json;
using Ews.ImService.Control.Documents;
using Ews.ImService.Control.Realms;
using Ews.ImService.Control.Seeds;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Http;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Control.Api;

/// <summary>Calls about mailboxes: reset, seeds, snapshots, what they hold, and the realms that they are in.</summary>
internal sealed class MailboxCalls(RealmRegistry realms, RealmMailboxes mailboxes)
{
    private const int MaxSnapshots = 100;

    public async Task ResetAsync(ControlCall call)
    {
        var mailbox = call.AddressQuery("mailbox");
        var isAll = call.Query("realms") switch
        {
            null => false,
            "all" when mailbox is null => true,
            _ => throw new ControlException(StatusCodes.Status400BadRequest, "The parameter realms has to be 'all', and there is no mailbox beside it."),
        };
        call.EndQuery();
        var names = isAll ? await mailboxes.FindRealmsAsync(call.Cancellation) : [call.Realm.Name];
        foreach (var name in names)
            await mailboxes.ResetAsync(realms[name], mailbox);
        await call.DoneAsync();
    }

    public async Task ExportAsync(ControlCall call)
    {
        var address = call.AddressQuery("mailbox");
        call.EndQuery();
        var all = address is { } one ? [await FindAsync(call, one.Value)] : await mailboxes.ReadAllAsync(call.Realm, call.Cancellation);
        await call.AnswerAsync(json => SeedWriter.Write(json, all));
    }

    public async Task LoadAsync(ControlCall call, bool isWhole)
    {
        call.EndQuery(hasBody: true);
        var json = await call.ReadBodyAsync();
        await mailboxes.LoadAsync(call.Realm, json, isWhole);
        await call.DoneAsync();
    }

    public static Task ListSnapshotsAsync(ControlCall call)
    {
        call.EndQuery();
        return call.AnswerAsync("snapshots", call.Realm.Snapshots.Keys.Order(StringComparer.Ordinal));
    }

    public async Task TakeSnapshotAsync(ControlCall call)
    {
        call.EndQuery();
        var name = call.Route("name");
        if (!RequestRealm.IsValidName(name))
            throw new ControlException(StatusCodes.Status400BadRequest, $"'{name}' is no name: {RequestRealm.NameRule}.");
        if (call.Realm.Snapshots.Count >= MaxSnapshots && !call.Realm.Snapshots.ContainsKey(name))
            throw new ControlException(StatusCodes.Status409Conflict, $"There are {MaxSnapshots} snapshots; delete one.");
        await mailboxes.TakeSnapshotAsync(call.Realm, name);
        await call.DoneAsync();
    }

    public async Task RestoreAsync(ControlCall call)
    {
        call.EndQuery();
        if (!call.Realm.Snapshots.TryGetValue(call.Route("name"), out var snapshot))
            throw NoSnapshot(call);
        await mailboxes.RestoreAsync(call.Realm, snapshot);
        await call.DoneAsync();
    }

    public static Task DropSnapshotAsync(ControlCall call)
    {
        call.EndQuery();
        return call.Realm.Snapshots.TryRemove(call.Route("name"), out _) ? call.DoneAsync() : throw NoSnapshot(call);
    }

    public async Task ListAsync(ControlCall call)
    {
        call.EndQuery();
        var all = await mailboxes.ReadAllAsync(call.Realm, call.Cancellation);
        await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("mailboxes");
            foreach (var mailbox in all)
                WriteSummary(json, mailbox);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public async Task ReadAsync(ControlCall call)
    {
        call.EndQuery();
        var mailbox = await FindAsync(call, call.Route("smtpAddress"));
        await call.AnswerAsync(json => SeedWriter.Write(json, mailbox));
    }

    public async Task ListRealmsAsync(ControlCall call)
    {
        call.EndQuery();
        var names = await mailboxes.FindRealmsAsync(call.Cancellation);
        await call.AnswerAsync("realms", names);
    }

    public async Task RemoveRealmAsync(ControlCall call)
    {
        call.EndQuery();
        var name = call.Route("realm");
        if (!RequestRealm.IsValidName(name))
            throw new ControlException(StatusCodes.Status400BadRequest, $"'{name}' is no name of a realm.");
        if (!realms.Has(name) && !(await mailboxes.FindRealmsAsync(call.Cancellation)).Contains(name))
            throw new ControlException(StatusCodes.Status404NotFound, $"There is no realm '{name}'.");
        await mailboxes.RemoveAsync(realms[name]);
        await call.DoneAsync();
    }

    private static ControlException NoSnapshot(ControlCall call) => new(StatusCodes.Status404NotFound, $"There is no snapshot '{call.Route("name")}'.");

    private static void WriteSummary(Utf8JsonWriter json, MailboxState mailbox)
    {
        json.WriteStartObject();
        json.WriteString("smtpAddress", mailbox.SmtpAddress.Value);
        json.WriteString("mailboxGuid", mailbox.MailboxGuid);
        json.WriteNumber("groups", mailbox.Groups.Count);
        json.WriteNumber("imContacts", mailbox.ImContactCount);
        json.WriteNumber("contacts", mailbox.CountOf(MailboxFolder.Contacts));
        json.WriteEndObject();
    }

    private async Task<MailboxState> FindAsync(ControlCall call, string address) =>
        (SmtpAddress.TryParse(address, out var valid) ? await mailboxes.FindAsync(call.Realm, valid, call.Cancellation) : null)
        ?? throw new ControlException(StatusCodes.Status404NotFound, $"{address} has no mailbox{(call.Realm.Name.Length > 0 ? $" in realm {call.Realm.Name}" : "")} yet.");
}
