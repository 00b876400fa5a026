using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Items;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Personas;

/// <summary>The properties by which personas can be filtered and sorted.</summary>
/// <remarks>Learn: "FieldURI", "FindPeople operation".</remarks>
internal static class PersonaPaths
{
    private const string Prefix = "persona:";
    private const string CreationTime = Prefix + "CreationTime";
    private const string RelevanceScore = Prefix + "RelevanceScore";

    /// <summary>The properties by which personas can be sorted, chosen by this project.</summary>
    private static readonly HashSet<string> Sortable =
    [
        Prefix + "DisplayName", Prefix + "GivenName", Prefix + "Surname", Prefix + "CompanyName", Prefix + "FileAs",
        Prefix + "HomeCity", Prefix + "WorkCity", Prefix + "ImAddress", CreationTime, RelevanceScore,
    ];

    private static readonly Dictionary<string, ComparablePath<Persona>> ByPath = CreatePaths();

    /// <summary>Reads a path of a restriction. A path of items is that of the contacts of the person, of which one must match.</summary>
    /// <returns>The path, <c>null</c> if personas have no comparable value at the path, or ErrorInvalidExtendedProperty.</returns>
    public static EwsResult<ComparablePath<Persona>?> Read(XElement element)
    {
        if (element.Attribute("FieldURI")?.Value is { } path && path.StartsWith(Prefix, StringComparison.Ordinal))
            return ByPath.GetValueOrDefault(path);
        return ComparablePath.OfItem(element).Select(ofItem => ofItem is null
            ? null
            : new ComparablePath<Persona>(persona => Items(persona).SelectMany(ofItem.ValuesOf).ToList(), ofItem.Type));
    }

    /// <summary>Reads a path of a sort order.</summary>
    /// <returns>The path, or <c>null</c> if personas cannot be sorted by it.</returns>
    public static EwsResult<ComparablePath<Persona>?> ReadSortable(XElement element) =>
        element.Attribute("FieldURI")?.Value is { } path && Sortable.Contains(path) ? ByPath[path] : null;

    private static IEnumerable<MailboxItem> Items(Persona persona) => persona.Sources.Select(source =>
        new MailboxItem(source.Attribution.SourceId, source.Attribution.SourceChangeKey, MailboxFolder.Contacts, source.Properties));

    private static Dictionary<string, ComparablePath<Persona>> CreatePaths()
    {
        var paths = new Dictionary<string, ComparablePath<Persona>>(StringComparer.Ordinal)
        {
            [Prefix + "PersonaId"] = Single(persona => persona.Id.Value),
            [Prefix + "PersonaType"] = Single(_ => PersonaXml.PersonaType),
            [Prefix + "DisplayName"] = Single(persona => persona.DisplayName),
            [Prefix + "FileAs"] = Single(persona => persona[ContactPath.FileAs]),
            [Prefix + "FileAsId"] = Single(persona => persona[ContactPath.FileAsMapping] ?? ContactNames.NoMapping),
            [Prefix + "EmailAddress"] = Single(persona => EmailAddresses(persona).FirstOrDefault()),
            [Prefix + "EmailAddresses"] = new(persona => EmailAddresses(persona).ToList(), ComparableType.Texts),
            [Prefix + "ImAddress"] = Single(persona => persona[ContactPath.ImAddress1]),
            [Prefix + "HomeCity"] = Single(persona => persona[ContactPath.PhysicalAddress("City", "Home")]),
            [Prefix + "WorkCity"] = Single(persona => persona[ContactPath.PhysicalAddress("City", "Business")]),
            [CreationTime] = Single(persona => persona.CreationTime is { } time ? Milliseconds.Format(time) : null, ComparableType.Times),
            [RelevanceScore] = Single(_ => PersonaXml.RelevanceScore, ComparableType.Numbers),
            [Prefix + "DisplayNames"] = All(ContactPath.DisplayName),
            [Prefix + "FileAses"] = All(ContactPath.FileAs),
        };
        foreach (var (element, path) in PersonaXml.SingleValues)
            paths.Add(Prefix + element, Single(persona => persona[path]));
        foreach (var (element, path) in PersonaXml.Collections)
            paths.Add(Prefix + element, All(path));
        return paths;
    }

    private static IEnumerable<string> EmailAddresses(Persona persona) => PersonaXml.Emails.SelectMany(email => All(persona, email.Path));

    private static ComparablePath<Persona> Single(Func<Persona, string?> select, ComparableType? type = null) =>
        new(persona => select(persona) is { } value ? [value] : [], type ?? ComparableType.Texts);

    private static ComparablePath<Persona> All(string path) => new(
        persona => All(persona, path).ToList(),
        ComparableType.Of(ContactProperty.Find(path)?.Rule));

    private static IEnumerable<string> All(Persona persona, string path) => persona.Values(path).Select(value => value.Value);
}
