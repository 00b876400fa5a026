using System.Globalization;
using BenchmarkDotNet.Attributes;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Benchmarks.Micro;

/// <summary>Applies one rule to a mailbox, and its changes to the state.</summary>
public class RuleBenchmarks
{
    private static readonly MailboxLimits Limits = new(MaxContacts: 10000);

    private MailboxState _mailbox = null!;

    /// <summary>Gets or sets the number of contacts of the mailbox.</summary>
    [Params(10, 1000)]
    public int Contacts { get; set; }

    /// <summary>Creates the mailbox.</summary>
    [GlobalSetup]
    public void CreateMailbox()
    {
        var edit = Edit(new MailboxState(Guid.NewGuid(), SmtpAddress.Parse("user@contoso.com")));
        edit.AddSystemGroups();
        for (var i = 0; i < Contacts; i++)
            edit.AddNewImContactToGroup(string.Create(CultureInfo.InvariantCulture, $"contact{i}@contoso.com"), null, null);
        _mailbox = edit.State;
    }

    /// <summary>Adds a group.</summary>
    [Benchmark]
    public object AddImGroup()
    {
        var edit = Edit(_mailbox);
        edit.AddImGroup("Team");
        return edit.State;
    }

    /// <summary>Adds a contact to the system group Other Contacts.</summary>
    [Benchmark]
    public object AddNewImContactToGroup()
    {
        var edit = Edit(_mailbox);
        edit.AddNewImContactToGroup("new@contoso.com", "New", null);
        return edit.State;
    }

    private static MailboxEdit Edit(MailboxState mailbox) => new(mailbox, Limits, TimeProvider.System, _ => Guid.NewGuid());
}
