using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Folders;
using Ews.ImService.Protocol.Operations.ImList;
using Ews.ImService.Protocol.Operations.Items;
using Ews.ImService.Protocol.Operations.Personas;
using Ews.ImService.Protocol.Operations.Utility;

namespace Ews.ImService.Protocol.Operations;

/// <summary>The operations of this service, one line each. Everything else is derived from this table.</summary>
internal sealed class OperationTable(OperationServices services)
{
    private readonly Dictionary<string, Lazy<EwsOperation>> _byName = Entries.ToDictionary(
        entry => entry.Name, entry => new Lazy<EwsOperation>(() => entry.Create(services)), StringComparer.Ordinal);

    /// <summary>Gets the entries, in the order of the contract and of the documentation.</summary>
    public static IReadOnlyList<OperationEntry> Entries { get; } =
    [
        // Most clients use these; their schema is compiled when the service starts.
        AtStart(nameof(AddImGroup), AddImGroup.Schema, s => new AddImGroup(s.Store)),
        AtStart(nameof(SetImGroup), SetImGroup.Schema, s => new SetImGroup(s.Store)),
        AtStart(nameof(RemoveImGroup), RemoveImGroup.Schema, s => new RemoveImGroup(s.Store)),
        AtStart(nameof(AddImContactToGroup), AddImContactToGroup.Schema, s => new AddImContactToGroup(s.Store)),
        AtStart(nameof(AddNewImContactToGroup), AddNewImContactToGroup.Schema, s => new AddNewImContactToGroup(s.Store, s.Personas)),
        AtStart(
            nameof(AddNewTelUriContactToGroup),
            AddNewTelUriContactToGroup.Schema,
            s => new AddNewTelUriContactToGroup(s.Store, s.Personas)),
        AtStart(nameof(RemoveImContactFromGroup), RemoveImContactFromGroup.Schema, s => new RemoveImContactFromGroup(s.Store)),
        AtStart(nameof(RemoveContactFromImList), RemoveContactFromImList.Schema, s => new RemoveContactFromImList(s.Store)),
        AtStart(
            nameof(AddDistributionGroupToImList),
            AddDistributionGroupToImList.Schema,
            s => new AddDistributionGroupToImList(s.Store, s.Directory)),
        AtStart(
            nameof(RemoveDistributionGroupFromImList),
            RemoveDistributionGroupFromImList.Schema,
            s => new RemoveDistributionGroupFromImList(s.Store)),
        AtStart(nameof(GetImItemList), GetImItemList.Schema, s => new GetImItemList(s.Store, s.Personas, s.ImItemLists)),
        AtStart(nameof(GetImItems), GetImItems.Schema, s => new GetImItems(s.Store, s.Personas)),
        AtStart(nameof(SetImListMigrationCompleted), SetImListMigrationCompleted.Schema, s => new SetImListMigrationCompleted(s.Store)),
        AtStart(nameof(GetPersona), GetPersona.Schema, s => new GetPersona(s.Store, s.Personas, s.Directory)),
        AtStart(nameof(FindPeople), FindPeople.Schema, s => new FindPeople(s.Store, s.Personas, s.Directory, s.Folders)),
        AtStart(nameof(GetUserPhoto), GetUserPhoto.Schema, s => new GetUserPhoto(s.Directory)),

        // The schema of these is compiled by the first request that needs it. A batch operation has the type of its response messages.
        OnDemand(nameof(CreateItem), CreateItem.Schema, s => new CreateItem(s.Store, s.Folders), "ItemInfoResponseMessageType"),
        OnDemand(nameof(GetItem), GetItem.Schema, s => new GetItem(s.Store), "ItemInfoResponseMessageType"),
        OnDemand(nameof(UpdateItem), UpdateItem.Schema, s => new UpdateItem(s.Store), "UpdateItemResponseMessageType"),
        OnDemand(nameof(DeleteItem), DeleteItem.Schema, s => new DeleteItem(s.Store), "DeleteItemResponseMessageType"),
        OnDemand(nameof(FindItem), FindItem.Schema, s => new FindItem(s.Store, s.Folders), "FindItemResponseMessageType"),
        OnDemand(nameof(GetFolder), GetFolder.Schema, s => new GetFolder(s.Store, s.Folders), "FolderInfoResponseMessageType"),
        OnDemand(nameof(FindFolder), FindFolder.Schema, s => new FindFolder(s.Store, s.Folders), "FindFolderResponseMessageType"),
        OnDemand(nameof(ResolveNames), ResolveNames.Schema, s => new ResolveNames(s.Store, s.Directory), "ResolveNamesResponseMessageType"),
        OnDemand(nameof(ConvertId), ConvertId.Schema, s => new ConvertId(s.Store), "ConvertIdResponseMessageType"),
        OnDemand(
            nameof(GetServerTimeZones),
            GetServerTimeZones.Schema,
            s => new GetServerTimeZones(s.Clock),
            "GetServerTimeZonesResponseMessageType"),
    ];

    /// <summary>Gets the operations, in the order of <see cref="Entries"/>.</summary>
    public IReadOnlyList<EwsOperation> All => Entries.Select(entry => _byName[entry.Name].Value).ToList();

    /// <summary>Finds an operation by the local name of its request element, which is case-sensitive.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out EwsOperation? operation)
    {
        operation = _byName.GetValueOrDefault(name)?.Value;
        return operation is not null;
    }

    private static OperationEntry AtStart(string name, string schema, Func<OperationServices, EwsOperation> create) =>
        new(name, schema, IsCompiledAtStart: true, ResponseMessageType: null, create);

    private static OperationEntry OnDemand(
        string name, string schema, Func<OperationServices, EwsOperation> create, string? responseMessageType = null) =>
        new(name, schema, IsCompiledAtStart: false, responseMessageType, create);
}

/// <summary>An entry of the operation table.</summary>
/// <param name="Name">The name of the operation, which is also the name of its class.</param>
/// <param name="Schema">The elements and types of the operation in the messages namespace, as XML schema.</param>
/// <param name="IsCompiledAtStart">
/// <c>true</c> to compile the schema when the service starts; <c>false</c> to compile it when it is first needed.
/// </param>
/// <param name="ResponseMessageType">The type of the response messages of a batch operation; <c>null</c> for a single operation.</param>
/// <param name="Create">Creates the operation.</param>
internal sealed record OperationEntry(
    string Name, string Schema, bool IsCompiledAtStart, string? ResponseMessageType, Func<OperationServices, EwsOperation> Create);

/// <summary>The services that operations use.</summary>
/// <param name="Store">The mailboxes.</param>
/// <param name="Directory">The users and distribution groups of the organization.</param>
/// <param name="Folders">Finds the folders that requests name.</param>
/// <param name="Personas">Writes personas.</param>
/// <param name="ImItemLists">The encoded responses to GetImItemList.</param>
/// <param name="Clock">The clock.</param>
internal sealed record OperationServices(
    IMailboxStore Store, AddressList Directory, FolderIds Folders, PersonaXml Personas, ImItemListCache ImItemLists, TimeProvider Clock);
