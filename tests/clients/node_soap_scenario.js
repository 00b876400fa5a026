// Runs the client scenario with the proxy that the npm package soap generates from the service's WSDL.
const assert = require('assert');
const soap = require('soap');

const version = '<t:RequestServerVersion xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" Version="Exchange2013"/>';
const id = value => ({ attributes: { Id: value } });
const list = value => (value === undefined ? [] : [].concat(value));

(async () => {
    const client = await soap.createClientAsync(process.env.EWS_URL + 'EWS/Services.wsdl');
    if (process.env.EWS_AUTH === 'basic') {
        client.setSecurity(new soap.BasicAuthSecurity(process.env.EWS_USER, process.env.EWS_PASSWORD));
    }
    client.addSoapHeader(version);

    async function call(operation, input = {}) {
        const [response] = await client[operation + 'Async'](input);
        const message = response.ResponseMessages ? response.ResponseMessages[operation + 'ResponseMessage'] : response;
        assert.strictEqual(message.ResponseCode, 'NoError', operation + ': ' + JSON.stringify(message));
        return message;
    }

    async function groups() {
        const { ImItemList } = await call('GetImItemList');
        const members = group => list(group.MemberCorrelationKey?.ItemId).map(item => item.attributes.Id);
        return Object.fromEntries(list(ImItemList.Groups.ImGroup).map(group => [group.DisplayName, members(group)]));
    }

    const one = (await call('AddImGroup', { DisplayName: 'Node one' })).ImGroup.ExchangeStoreId.attributes.Id;
    const two = (await call('AddImGroup', { DisplayName: 'Node two' })).ImGroup.ExchangeStoreId.attributes.Id;
    const { Persona } = await call('AddNewImContactToGroup', { ImAddress: 'node@contoso.com', DisplayName: 'Zoë & co', GroupId: id(one) });
    assert.strictEqual(Persona.DisplayName, 'Zoë & co');
    assert.strictEqual(list(Persona.EmailAddresses.Address)[0].EmailAddress, 'node@contoso.com');
    const contact = list(Persona.Attributions.Attribution)[0].SourceId.attributes.Id;
    assert.deepStrictEqual((await groups())['Node one'], [contact]);

    await call('AddImContactToGroup', { ContactId: id(contact), GroupId: id(two) });
    await call('RemoveImContactFromGroup', { ContactId: id(contact), GroupId: id(one) });
    await call('SetImGroup', { GroupId: id(two), NewDisplayName: 'Node renamed' });
    const moved = await groups();
    assert.deepStrictEqual([moved['Node renamed'], moved['Node one']], [[contact], []]);

    const created = (await call('CreateItem', { Items: { Contact: { GivenName: 'Zoë', Surname: 'Smith' } } })).Items.Contact;
    const found = await call('FindItem', {
        attributes: { Traversal: 'Shallow' },
        ItemShape: { BaseShape: 'AllProperties' },
        ParentFolderIds: { DistinguishedFolderId: id('contacts') },
    });
    assert.strictEqual(list(found.RootFolder.Items.Contact)[0].DisplayName, 'Zoë Smith');
    await call('DeleteItem', { attributes: { DeleteType: 'HardDelete' }, ItemIds: { ItemId: id(list(created)[0].ItemId.attributes.Id) } });

    await call('RemoveImContactFromGroup', { ContactId: id(contact), GroupId: id(two) });
    await call('RemoveImGroup', { GroupId: id(one) });
    await call('RemoveImGroup', { GroupId: id(two) });
    assert.deepStrictEqual(Object.keys(await groups()).filter(name => name.startsWith('Node')), []);

    await assert.rejects(client.SetImGroupAsync({ GroupId: id(one), NewDisplayName: '' }), /schema validation/);
    console.log('soap ' + require('soap/package.json').version + ' on Node ' + process.version);
})().catch(error => {
    console.error(error);
    process.exit(1);
});
