namespace Ews.ImService.Mailbox;

/// <summary>An IM group's ExchangeStoreId: opaque and case-sensitive. Learn: "EWS identifiers in Exchange".</summary>
public readonly record struct ImGroupId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>The id of a Quick Contact, an item: what SourceId, MemberCorrelationKey and ContactId hold.</summary>
public readonly record struct ImContactId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>The id of an ordinary contact, an item that is not on the IM list.</summary>
public readonly record struct ContactId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>The id of a persona, the view of a person made of one or more contacts; never usable as a ContactId.</summary>
public readonly record struct PersonaId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
