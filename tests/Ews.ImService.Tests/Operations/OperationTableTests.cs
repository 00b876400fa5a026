using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.Operations;
using Ews.ImService.Protocol.Xml;
using Ews.ImService.Storage;

namespace Ews.ImService.Tests.Operations;

public sealed class OperationTableTests
{
    [Fact]
    public async Task Every_operation_has_a_name_that_Exchange_knows()
    {
        await using var store = OpeningMailboxStore.Begin(new MailboxStoreOptions(MailboxStoreOptions.InMemory, new(), TimeProvider.System, Guid.NewGuid));

        var table = new OperationTable(store, new PersonaXml(PersonaProfile.BySpelling), AddressList.Empty);

        table.All.Select(operation => operation.Name).Should().Equal(
            "AddImGroup", "SetImGroup", "RemoveImGroup",
            "AddImContactToGroup", "AddNewImContactToGroup", "AddNewTelUriContactToGroup", "RemoveImContactFromGroup", "RemoveContactFromImList",
            "AddDistributionGroupToImList", "RemoveDistributionGroupFromImList",
            "GetImItemList", "GetImItems", "SetImListMigrationCompleted", "GetPersona", "FindPeople");
        table.All.Select(operation => operation.Name).Should().BeSubsetOf(ExchangeOperationNames.All);
    }
}
