using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Accounts;
using Ews.ImService.Protocol.Operations.Attachments;
using Ews.ImService.Protocol.Operations.Folders;
using Ews.ImService.Protocol.Operations.ImList;
using Ews.ImService.Protocol.Operations.Items;
using Ews.ImService.Protocol.Operations.Notifications;
using Ews.ImService.Protocol.Operations.Personas;
using Ews.ImService.Protocol.Operations.Sync;
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
        // Most clients use these; their schema is compiled together.
        Frequent(nameof(AddImGroup), AddImGroup.Schema, s => new AddImGroup(s.Store)),
        Frequent(nameof(SetImGroup), SetImGroup.Schema, s => new SetImGroup(s.Store)),
        Frequent(nameof(RemoveImGroup), RemoveImGroup.Schema, s => new RemoveImGroup(s.Store)),
        Frequent(nameof(AddImContactToGroup), AddImContactToGroup.Schema, s => new AddImContactToGroup(s.Store)),
        Frequent(nameof(AddNewImContactToGroup), AddNewImContactToGroup.Schema, s => new AddNewImContactToGroup(s.Store, s.Personas)),
        Frequent(
            nameof(AddNewTelUriContactToGroup),
            AddNewTelUriContactToGroup.Schema,
            s => new AddNewTelUriContactToGroup(s.Store, s.Personas)),
        Frequent(nameof(RemoveImContactFromGroup), RemoveImContactFromGroup.Schema, s => new RemoveImContactFromGroup(s.Store)),
        Frequent(nameof(RemoveContactFromImList), RemoveContactFromImList.Schema, s => new RemoveContactFromImList(s.Store)),
        Frequent(
            nameof(AddDistributionGroupToImList),
            AddDistributionGroupToImList.Schema,
            s => new AddDistributionGroupToImList(s.Store, s.Directory)),
        Frequent(
            nameof(RemoveDistributionGroupFromImList),
            RemoveDistributionGroupFromImList.Schema,
            s => new RemoveDistributionGroupFromImList(s.Store)),
        Frequent(nameof(GetImItemList), GetImItemList.Schema, s => new GetImItemList(s.Store, s.Personas, s.ImItemLists)),
        Frequent(nameof(GetImItems), GetImItems.Schema, s => new GetImItems(s.Store, s.Personas)),
        Frequent(nameof(SetImListMigrationCompleted), SetImListMigrationCompleted.Schema, s => new SetImListMigrationCompleted(s.Store)),
        Frequent(nameof(GetPersona), GetPersona.Schema, s => new GetPersona(s.Store, s.Personas, s.Directory)),
        Frequent(
            nameof(FindPeople),
            FindPeople.Schema,
            s => new FindPeople(s.Store, s.Personas, s.Directory, s.Folders),
            FindPeople.AcceptedSchema),
        Frequent(nameof(GetUserPhoto), GetUserPhoto.Schema, s => new GetUserPhoto(s.Store, s.Directory)),

        // These need the complete schema. A batch operation has the type of its response messages.
        Other(nameof(CreateItem), CreateItem.Schema, s => new CreateItem(s.Store, s.Folders), "ItemInfoResponseMessageType"),
        Other(nameof(GetItem), GetItem.Schema, s => new GetItem(s.Store, s.Directory), "ItemInfoResponseMessageType"),
        Other(nameof(UpdateItem), UpdateItem.Schema, s => new UpdateItem(s.Store), "UpdateItemResponseMessageType"),
        Other(nameof(DeleteItem), DeleteItem.Schema, s => new DeleteItem(s.Store), "DeleteItemResponseMessageType"),
        Other(nameof(MoveItem), MoveItem.Schema, s => new MoveItem(s.Store, s.Folders), "ItemInfoResponseMessageType"),
        Other(nameof(CopyItem), CopyItem.Schema, s => new CopyItem(s.Store, s.Folders), "ItemInfoResponseMessageType"),
        Other(
            nameof(FindItem),
            FindItem.Schema,
            s => new FindItem(s.Store, s.Folders, s.Directory, s.Clock),
            "FindItemResponseMessageType"),
        Other(nameof(GetFolder), GetFolder.Schema, s => new GetFolder(s.Store, s.Folders), "FolderInfoResponseMessageType"),
        Other(nameof(FindFolder), FindFolder.Schema, s => new FindFolder(s.Store, s.Folders), "FindFolderResponseMessageType"),
        Other(nameof(CreateFolder), CreateFolder.Schema, s => new CreateFolder(s.Store, s.Folders), "FolderInfoResponseMessageType"),
        Other(nameof(UpdateFolder), UpdateFolder.Schema, s => new UpdateFolder(s.Store, s.Folders), "FolderInfoResponseMessageType"),
        Other(nameof(DeleteFolder), DeleteFolder.Schema, s => new DeleteFolder(s.Store, s.Folders), "ResponseMessageType"),
        Other(nameof(EmptyFolder), EmptyFolder.Schema, s => new EmptyFolder(s.Store, s.Folders), "ResponseMessageType"),
        Other(nameof(MoveFolder), MoveFolder.Schema, s => new MoveFolder(s.Store, s.Folders), "FolderInfoResponseMessageType"),
        Other(nameof(CopyFolder), CopyFolder.Schema, s => new CopyFolder(s.Store, s.Folders), "FolderInfoResponseMessageType"),
        Other(
            nameof(SyncFolderHierarchy),
            SyncFolderHierarchy.Schema,
            s => new SyncFolderHierarchy(s.Store, s.Folders),
            "SyncFolderHierarchyResponseMessageType"),
        Other(
            nameof(SyncFolderItems),
            SyncFolderItems.Schema,
            s => new SyncFolderItems(s.Store, s.Folders, s.Directory),
            "SyncFolderItemsResponseMessageType") with { AcceptedSchema = SyncFolderItems.AcceptedSchema },
        Other(
            nameof(Subscribe),
            Subscribe.Schema,
            s => new Subscribe(s.Store, s.Folders, s.Push),
            "SubscribeResponseMessageType") with { AcceptedSchema = Subscribe.AcceptedSchema, AcceptedTypes = Subscribe.AcceptedTypes },
        Other(nameof(Unsubscribe), Unsubscribe.Schema, s => new Unsubscribe(s.Events.Subscriptions), "ResponseMessageType"),
        Other(nameof(GetEvents), GetEvents.Schema, s => new GetEvents(s.Store, s.Events.Subscriptions), "GetEventsResponseMessageType"),
        Other(
            nameof(GetStreamingEvents),
            GetStreamingEvents.Schema,
            s => new GetStreamingEvents(s.Events),
            "GetStreamingEventsResponseMessageType") with { AcceptedSchema = GetStreamingEvents.AcceptedSchema },
        Other(
            nameof(ResolveNames),
            ResolveNames.Schema,
            s => new ResolveNames(s.Store, s.Directory, s.Folders),
            "ResolveNamesResponseMessageType"),
        Other(nameof(ExpandDL), ExpandDL.Schema, s => new ExpandDL(s.Store, s.Directory), "ExpandDLResponseMessageType"),
        Other(nameof(ConvertId), ConvertId.Schema, s => new ConvertId(s.Store), "ConvertIdResponseMessageType"),
        Other(
            nameof(GetServerTimeZones),
            GetServerTimeZones.Schema,
            s => new GetServerTimeZones(s.Clock),
            "GetServerTimeZonesResponseMessageType"),
        Other(
            nameof(CreateAttachment), CreateAttachment.Schema, s => new CreateAttachment(s.Store), "AttachmentInfoResponseMessageType"),
        Other(nameof(GetAttachment), GetAttachment.Schema, s => new GetAttachment(s.Store), "AttachmentInfoResponseMessageType"),
        Other(
            nameof(DeleteAttachment), DeleteAttachment.Schema, s => new DeleteAttachment(s.Store), "DeleteAttachmentResponseMessageType"),
        Other(nameof(GetUserAvailability), GetUserAvailability.Schema, s => new GetUserAvailability(s.Accounts)),
        Other(
            nameof(GetUserOofSettings), GetUserOofSettings.Schema, s => new GetUserOofSettings(s.Store, s.Accounts, s.Realms)),
        Other(
            nameof(SetUserOofSettings), SetUserOofSettings.Schema, s => new SetUserOofSettings(s.Store, s.Accounts, s.Realms)),
        Other(nameof(GetDelegate), GetDelegate.Schema, s => new GetDelegate(s.Accounts)),
        Other(
            nameof(GetUserConfiguration),
            GetUserConfiguration.Schema,
            s => new GetUserConfiguration(s.Store, s.Folders),
            "GetUserConfigurationResponseMessageType"),
        Other(
            nameof(GetPasswordExpirationDate), GetPasswordExpirationDate.Schema, s => new GetPasswordExpirationDate(s.Accounts)),
    ];

    /// <summary>Gets the operations, in the order of <see cref="Entries"/>.</summary>
    public IReadOnlyList<EwsOperation> All => Entries.Select(entry => _byName[entry.Name].Value).ToList();

    /// <summary>Finds an operation by the local name of its request element, which is case-sensitive.</summary>
    public bool TryFind(string element, [NotNullWhen(true)] out EwsOperation? operation)
    {
        var name = ExchangeOperationNames.FindByElement(element);
        operation = name is null ? null : _byName.GetValueOrDefault(name)?.Value;
        return operation?.RequestElement == element;
    }

    private static OperationEntry Frequent(
        string name, string schema, Func<OperationServices, EwsOperation> create, string? acceptedSchema = null) =>
        new(name, schema, IsFrequent: true, ResponseMessageType: null, create) { AcceptedSchema = acceptedSchema ?? schema };

    private static OperationEntry Other(
        string name, string schema, Func<OperationServices, EwsOperation> create, string? responseMessageType = null) =>
        new(name, schema, IsFrequent: false, responseMessageType, create);
}

/// <summary>An entry of the operation table.</summary>
/// <param name="Name">The name of the operation, which is also the name of its class.</param>
/// <param name="Schema">The elements and types of the operation in the messages namespace, as XML schema.</param>
/// <param name="IsFrequent">
/// <c>true</c> if the schema belongs to the part for operations that most clients use; <c>false</c> if it needs the complete schema.
/// </param>
/// <param name="ResponseMessageType">The type of the response messages of a batch operation; <c>null</c> for a single operation.</param>
/// <param name="Create">Creates the operation.</param>
internal sealed record OperationEntry(
    string Name, string Schema, bool IsFrequent, string? ResponseMessageType, Func<OperationServices, EwsOperation> Create)
{
    /// <summary>
    /// Gets the schema of the requests that are accepted, although the published schema does not allow some of them; the default is
    /// <see cref="Schema"/>.
    /// </summary>
    public string AcceptedSchema { get; init; } = Schema;

    /// <summary>Gets components of the types namespace that only <see cref="AcceptedSchema"/> uses; the default is none.</summary>
    public string AcceptedTypes { get; init; } = string.Empty;

    /// <summary>Gets a value that indicates whether requests are accepted that the published schema does not allow.</summary>
    public bool AcceptsMore => AcceptedSchema != Schema;
}

/// <summary>The services that operations use.</summary>
/// <param name="Store">The mailboxes.</param>
/// <param name="Directory">The users and distribution groups of the organization.</param>
/// <param name="Accounts">The accounts that have a mailbox.</param>
/// <param name="Folders">Finds the folders that requests name.</param>
/// <param name="Personas">Writes personas.</param>
/// <param name="ImItemLists">The encoded responses to GetImItemList.</param>
/// <param name="Events">The subscriptions and their events.</param>
/// <param name="Push">The services of push subscriptions.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Realms">The clocks of realms.</param>
internal sealed record OperationServices(
    IMailboxStore Store,
    AddressList Directory,
    AccountDirectory Accounts,
    FolderIds Folders,
    PersonaXml Personas,
    ImItemListCache ImItemLists,
    EventConnectionServices Events,
    PushServices Push,
    TimeProvider Clock,
    IRealms Realms);
