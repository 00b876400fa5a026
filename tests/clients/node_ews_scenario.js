// Runs the client scenario with node-ews, which downloads the schemas and the WSDL when it starts.
const assert = require('assert');
const EWS = require('node-ews');

const version = { 't:RequestServerVersion': { attributes: { Version: 'Exchange2013' } } };
const id = value => ({ attributes: { Id: value } });
const list = value => (value === undefined ? [] : [].concat(value));

(async () => {
    const { EWS_URL, EWS_USER, EWS_PASSWORD, EWS_AUTH } = process.env;
    const auth = EWS_AUTH === 'none' ? 'basic' : EWS_AUTH; // node-ews always sends credentials.
    const ews = new EWS({ username: EWS_USER, password: EWS_PASSWORD, host: EWS_URL.replace(/\/$/, ''), auth, temp: process.argv[2] });

    async function call(operation, input = {}) {
        const response = await ews.run(operation, input, version);
        const message = response.ResponseMessages ? response.ResponseMessages[operation + 'ResponseMessage'] : response;
        assert.strictEqual(message.ResponseCode, 'NoError', operation + ': ' + JSON.stringify(message));
        return message;
    }

    async function groups() {
        const { ImItemList } = await call('GetImItemList');
        const members = group => list(group.MemberCorrelationKey?.ItemId).map(item => item.attributes.Id);
        return Object.fromEntries(list(ImItemList.Groups.ImGroup).map(group => [group.DisplayName, members(group)]));
    }

    const one = (await call('AddImGroup', { DisplayName: 'EWS one' })).ImGroup.ExchangeStoreId.attributes.Id;
    const two = (await call('AddImGroup', { DisplayName: 'EWS two' })).ImGroup.ExchangeStoreId.attributes.Id;
    const { Persona } = await call('AddNewImContactToGroup', { ImAddress: 'ews@contoso.com', DisplayName: 'Zoë & co', GroupId: id(one) });
    const contact = list(Persona.Attributions.Attribution)[0].SourceId.attributes.Id;
    await call('AddImContactToGroup', { ContactId: id(contact), GroupId: id(two) });
    await call('RemoveImContactFromGroup', { ContactId: id(contact), GroupId: id(one) });
    await call('SetImGroup', { GroupId: id(two), NewDisplayName: 'EWS renamed' });
    const moved = await groups();
    assert.deepStrictEqual([moved['EWS renamed'], moved['EWS one']], [[contact], []]);

    await call('RemoveImContactFromGroup', { ContactId: id(contact), GroupId: id(two) });
    await call('RemoveImGroup', { GroupId: id(one) });
    await call('RemoveImGroup', { GroupId: id(two) });
    assert.deepStrictEqual(Object.keys(await groups()).filter(name => name.startsWith('EWS')), []);

    const emptyName = ews.run('SetImGroup', { GroupId: id(one), NewDisplayName: '' }, version);
    await assert.rejects(emptyName, error => /schema validation/.test(error.message ?? error));
    console.log('node-ews ' + require('node-ews/package.json').version);
})().catch(error => {
    console.error(error.message || error);
    process.exit(1);
});
