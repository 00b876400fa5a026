using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Folders;
using Ews.ImService.Protocol.Operations.ImList;
using Ews.ImService.Protocol.Operations.Items;
using Ews.ImService.Protocol.Operations.Personas;
using Ews.ImService.Protocol.Operations.Utility;

namespace Ews.ImService.Protocol.Operations;

/// <summary>The operations that this service answers: one line each.</summary>
internal sealed class OperationTable
{
    private readonly Dictionary<string, EwsOperation> _byName;

    public OperationTable(IMailboxStore store, PersonaXml personas, AddressList directory, FolderIds folders, TimeProvider clock)
    {
        All =
        [
            new AddImGroup(store),
            new SetImGroup(store),
            new RemoveImGroup(store),
            new AddImContactToGroup(store),
            new AddNewImContactToGroup(store, personas),
            new AddNewTelUriContactToGroup(store, personas),
            new RemoveImContactFromGroup(store),
            new RemoveContactFromImList(store),
            new AddDistributionGroupToImList(store, directory),
            new RemoveDistributionGroupFromImList(store),
            new GetImItemList(store, personas),
            new GetImItems(store, personas),
            new SetImListMigrationCompleted(store),
            new GetPersona(store, personas, directory),
            new FindPeople(store, personas, directory, folders),
            new GetUserPhoto(directory),
            new CreateItem(store, folders),
            new GetItem(store),
            new UpdateItem(store),
            new DeleteItem(store),
            new FindItem(store, folders),
            new GetFolder(store, folders),
            new FindFolder(store, folders),
            new ResolveNames(store, directory),
            new ConvertId(store),
            new GetServerTimeZones(clock),
        ];
        _byName = All.ToDictionary(operation => operation.Name, StringComparer.Ordinal);
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<EwsOperation> All { get; }

    /// <summary>The operation of a request element's local name; letter case counts.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out EwsOperation? operation) => _byName.TryGetValue(name, out operation);
}
