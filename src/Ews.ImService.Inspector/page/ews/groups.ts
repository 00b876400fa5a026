import { execute } from './execute';
import { id, text } from './request';
import { find } from './response';
import { readId, type StoreId } from './storeId';

export async function getGroupId(mailbox: string, groupId: string): Promise<StoreId> {
    const response = await execute(mailbox, 'GetImItems', { name: 'm:GroupIds', parts: [id('t:ItemId', groupId)] });
    return readId(find(response, 'ExchangeStoreId'));
}

export async function addGroup(mailbox: string, displayName: string): Promise<void> {
    await execute(mailbox, 'AddImGroup', { name: 'm:DisplayName', text: displayName });
}

export async function addDistributionGroup(mailbox: string, smtpAddress: string, displayName: string): Promise<void> {
    const name = { name: 'm:DisplayName', text: displayName };
    await execute(mailbox, 'AddDistributionGroupToImList', { name: 'm:SmtpAddress', text: smtpAddress }, name);
}

export async function renameGroup(mailbox: string, groupId: string, newDisplayName: string): Promise<void> {
    await execute(mailbox, 'SetImGroup', id('m:GroupId', groupId), { name: 'm:NewDisplayName', text: newDisplayName });
}

/** A distribution group is removed by another operation than the other groups. */
export async function removeGroup(mailbox: string, groupId: string, isDistributionGroup: boolean): Promise<void> {
    await execute(mailbox, isDistributionGroup ? 'RemoveDistributionGroupFromImList' : 'RemoveImGroup', id('m:GroupId', groupId));
}

export async function addContactToGroup(mailbox: string, contactId: string, groupId: string): Promise<void> {
    await execute(mailbox, 'AddImContactToGroup', id('m:ContactId', contactId), id('m:GroupId', groupId));
}

export async function removeContactFromGroup(mailbox: string, contactId: string, groupId: string): Promise<void> {
    await execute(mailbox, 'RemoveImContactFromGroup', id('m:ContactId', contactId), id('m:GroupId', groupId));
}

/** Adds an IM contact to the list, and to a group if one is given. */
export async function addNewContact(mailbox: string, imAddress: string, displayName: string, groupId?: string): Promise<void> {
    const address = { name: 'm:ImAddress', text: imAddress };
    await execute(mailbox, 'AddNewImContactToGroup', address, text('m:DisplayName', displayName), id('m:GroupId', groupId));
}
