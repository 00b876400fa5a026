using System.ComponentModel.DataAnnotations;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.Http;

namespace Ews.ImService.Control.Rules;

/// <summary>Requires that a string follows a rule of this project.</summary>
/// <param name="rule">The rule, such as "must be an SMTP address".</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
internal abstract class RuleAttribute(string rule) : ValidationAttribute
{
    /// <summary>Gets the rule.</summary>
    public string Rule => rule;

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is not string text || Allows(text);

    /// <summary>Returns <c>true</c> if a string follows the rule; otherwise, <c>false</c>.</summary>
    protected abstract bool Allows(string text);
}

/// <summary>Requires an SMTP address.</summary>
internal sealed class SmtpAddressRuleAttribute() : RuleAttribute("must be an SMTP address")
{
    /// <inheritdoc/>
    protected override bool Allows(string text) => SmtpAddress.TryParse(text, out _);
}

/// <summary>Requires the name of an EWS operation.</summary>
internal sealed class OperationRuleAttribute() : RuleAttribute("must be an EWS operation such as AddImGroup")
{
    /// <inheritdoc/>
    protected override bool Allows(string text) => EwsNames.IsOperation(text);
}

/// <summary>Requires a name that is valid for a realm, a snapshot or a fault rule.</summary>
internal sealed class NameRuleAttribute() : RuleAttribute($"must be {RequestRealm.NameRule}")
{
    /// <inheritdoc/>
    protected override bool Allows(string text) => RequestRealm.IsValidName(text);
}
