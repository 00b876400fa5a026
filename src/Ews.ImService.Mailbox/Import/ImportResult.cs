namespace Ews.ImService.Mailbox;

/// <summary>The result of the import of a mailbox.</summary>
/// <param name="Mailbox">The mailbox. If there are violations, it does not contain the objects that cause them.</param>
/// <param name="Violations">The violations of rules in the description; empty if the import succeeded.</param>
public sealed record ImportResult(MailboxState Mailbox, IReadOnlyList<ImportViolation> Violations);

/// <summary>A violation of a rule in the description of a mailbox.</summary>
/// <param name="Path">
/// The path of the violating value, such as <c>groups[2].displayName</c> or <c>contacts[0].properties['item:Importance']</c>.
/// </param>
/// <param name="Message">The rule and the value, without the path and a period, such as "must be unique, but ...".</param>
public sealed record ImportViolation(string Path, string Message);
