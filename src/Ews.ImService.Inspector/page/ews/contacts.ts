import { execute } from './execute';
import { writePlainXml } from './plainXml';
import { id } from './request';
import { elementsOf, find, textOf } from './response';
import { readId, type StoreId } from './storeId';

/** A persona or a contact as the service returns it. Its XML has no namespaces, so that it is easy to read. */
export interface Details {
    ids: StoreId;
    xml: string;
}

/** Returns the persona of an IM contact; its ids are those of the IM contact. */
export async function getPersona(mailbox: string, personaId: string): Promise<Details> {
    const response = await execute(mailbox, 'GetPersona', id('m:PersonaId', personaId));
    const persona = find(response, 'Persona');
    const attributions = persona && find(persona, 'Attributions');
    const ofImContact = attributions && elementsOf(attributions).find((attribution) => textOf(attribution, 'IsQuickContact') === 'true');
    return { ids: readId(ofImContact && find(ofImContact, 'SourceId')), xml: writePlainXml(persona!) };
}

/** Returns a contact with all properties. */
export async function getContact(mailbox: string, contactId: string): Promise<Details> {
    const shape = { name: 'm:ItemShape', parts: [{ name: 't:BaseShape', text: 'AllProperties' }] };
    const response = await execute(mailbox, 'GetItem', shape, { name: 'm:ItemIds', parts: [id('t:ItemId', contactId)] });
    const items = find(response, 'Items');
    const contact = items && elementsOf(items)[0];
    return { ids: readId(contact && find(contact, 'ItemId')), xml: writePlainXml(contact!) };
}

/** Removes an IM contact from the list and all groups. */
export async function removeContact(mailbox: string, contactId: string): Promise<void> {
    await execute(mailbox, 'RemoveContactFromImList', id('m:ContactId', contactId));
}
