using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage.Tests;

/// <summary>Changes that insert, update and delete the same rows again and again.</summary>
internal static class SampleChanges
{
    public static EwsResult<Done> ChurnAllGroups(MailboxEdit edit)
    {
        for (var i = 0; i < 7; i++)
            ChurnGroup(edit, i);
        return default(Done);
    }

    /// <summary>Adds a group or renames it, then adds a contact to it, removes the contact, and adds it again.</summary>
    public static EwsResult<Done> ChurnGroup(MailboxEdit edit, int number)
    {
        var (name, newName) = ($"Group {number}", $"Group {number} renamed");
        var group = edit.State.Groups.Values.FirstOrDefault(group => group.DisplayName == name || group.DisplayName == newName)
            ?? edit.AddImGroup(name).Value!;
        edit.SetImGroup(group.Id.Value, group.DisplayName == name ? newName : name);
        var contact = edit.AddNewImContactToGroup($"c{number}@contoso.com", null, group.Id.Value).Value!;
        edit.RemoveImContactFromGroup(contact.Id.Value, group.Id.Value);
        edit.AddNewImContactToGroup($"c{number}@contoso.com", null, group.Id.Value);
        return default(Done);
    }
}
