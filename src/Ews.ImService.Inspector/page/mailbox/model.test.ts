import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupsOf, isSystemGroup, search, toContent } from './model';

const phone = { telUriAddress: 'tel:1', imContactSipUriAddress: 'sip:x@contoso.com', imTelephoneNumber: '1' };

const content = toContent({
    smtpAddress: 'alice@contoso.com',
    groups: [
        { displayName: 'Team', id: 'g1', members: [{ telUri: 'tel:1', ordinal: 1 }, { contact: 'BOB@contoso.com' }] },
        { displayName: 'All', type: 'DistributionGroup', smtpAddress: 'all@contoso.com', id: 'g2', members: [] },
    ],
    imContacts: [
        { imAddress: 'bob@contoso.com', displayName: 'Bob', id: 'c1', personaId: 'p1' },
        { telUri: phone, displayName: '1', id: 'c2', personaId: 'p2' },
    ],
    contacts: [
        {
            id: 'c3',
            personaId: 'p3',
            properties: { 'contacts:DisplayName': 'Erin', 'contacts:EmailAddress:EmailAddress1': 'erin@contoso.com' },
        },
    ],
});

test('The members of a group are its IM contacts in order', () => {
    assert.deepEqual(
        content.groups.map((group) => group.members.map((member) => member.id)),
        [['c2', 'c1'], []],
    );
});

test('The groups that the service creates belong to the system', () => {
    const types = ['UserGroup', 'DistributionGroup', 'OtherContacts', 'Tagged', 'Favorites'] as const;
    const groups = types.map((type) => ({ id: type, name: type, type, members: [] }));

    assert.deepEqual(groups.filter(isSystemGroup).map((group) => group.name), ['OtherContacts', 'Tagged', 'Favorites']); // prettier-ignore
});

test('An IM contact is named by its address, another contact by its id', () => {
    assert.deepEqual(
        [...content.imContacts, ...content.contacts].map((contact) => contact.key),
        ['bob@contoso.com', 'tel:1', 'c3'],
    );
    assert.deepEqual(content.contacts[0], {
        key: 'c3',
        isImContact: false,
        name: 'Erin',
        address: 'erin@contoso.com',
        id: 'c3',
        personaId: 'p3',
        folder: undefined,
    });
});

test('The groups of a contact are found', () => {
    assert.deepEqual(
        groupsOf(content, content.imContacts[0]!).map((group) => group.name),
        ['Team'],
    );
    assert.deepEqual(groupsOf(content, content.contacts[0]!), []);
});

test('Contacts are found by name and address, regardless of case', () => {
    assert.deepEqual(
        search(content.imContacts, ' BOB@').map((contact) => contact.id),
        ['c1'],
    );
    assert.deepEqual(search(content.imContacts, '').length, 2);
    assert.deepEqual(search(content.imContacts, 'none'), []);
});
