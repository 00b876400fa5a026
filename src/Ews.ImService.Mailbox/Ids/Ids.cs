namespace Ews.ImService.Mailbox;

/// <summary>The id of an IM group (ExchangeStoreId). Ids are opaque and case-sensitive.</summary>
/// <param name="Value">The Id attribute.</param>
/// <remarks>Learn: "EWS identifiers in Exchange".</remarks>
public readonly record struct ImGroupId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>The item id of a contact: the value of ItemId, SourceId, MemberCorrelationKey and ContactId elements.</summary>
/// <param name="Value">The Id attribute.</param>
public readonly record struct ContactId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>
/// The id of a persona, which represents one or more contacts of the same person. It is never valid as a ContactId
/// element.
/// </summary>
/// <param name="Value">The Id attribute.</param>
public readonly record struct PersonaId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
