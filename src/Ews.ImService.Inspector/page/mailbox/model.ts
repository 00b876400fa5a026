import type { Contract } from '../control/call';

type SeedMailbox = Contract['SeedMailbox'];
type SeedContact = Contract['SeedContact'] | Contract['SeedImContact'];

/** A contact of a mailbox. */
export interface MailboxContact {
    /** The name in the location of the page: the address of an IM contact, or the id of another contact. */
    key: string;
    isImContact: boolean;
    name: string;
    address: string;
    id: string;
    personaId: string;
    folder?: string;
}

export interface MailboxGroup {
    id: string;
    name: string;
    type: NonNullable<Contract['SeedGroup']['type']>;
    smtpAddress?: string;
    /** The members in the order in which they were added. */
    members: MailboxContact[];
}

export interface MailboxContent {
    groups: MailboxGroup[];
    imContacts: MailboxContact[];
    contacts: MailboxContact[];
}

export const emptyMailbox: MailboxContent = { groups: [], imContacts: [], contacts: [] };

/** Returns the content of an exported mailbox, in which all ids are present and members are named by address. */
export function toContent(mailbox: SeedMailbox): MailboxContent {
    const imContacts = (mailbox.imContacts ?? []).map((contact) => toContact(contact, contact.imAddress ?? contact.telUri!.telUriAddress));
    const byAddress = new Map(imContacts.map((contact) => [contact.address.toLowerCase(), contact]));
    const membersOf = (group: Contract['SeedGroup']) =>
        (group.members ?? []).flatMap((member) => {
            const address = typeof member === 'string' ? member : (member.contact ?? member.telUri ?? '');
            return byAddress.get(address.toLowerCase()) ?? [];
        });
    return {
        groups: (mailbox.groups ?? []).map((group) => ({
            id: group.id!,
            name: group.displayName,
            type: group.type ?? 'UserGroup',
            smtpAddress: group.smtpAddress,
            members: membersOf(group),
        })),
        imContacts,
        contacts: (mailbox.contacts ?? []).map((contact) => toContact(contact)),
    };
}

/** Returns `true` if a group belongs to the system. Its name cannot be changed, and it cannot be removed. */
export function isSystemGroup({ type }: MailboxGroup): boolean {
    return type !== 'UserGroup' && type !== 'DistributionGroup';
}

/** Returns the groups of which a contact is a member. */
export function groupsOf(content: MailboxContent, contact: MailboxContact): MailboxGroup[] {
    return content.groups.filter((group) => group.members.includes(contact));
}

/** Returns the contacts whose name or address contains a text. */
export function search(contacts: MailboxContact[], text: string): MailboxContact[] {
    const wanted = text.trim().toLowerCase();
    return wanted ? contacts.filter(({ name, address }) => `${name}\n${address}`.toLowerCase().includes(wanted)) : contacts;
}

function toContact(contact: SeedContact, imAddress?: string): MailboxContact {
    const property = (path: string) => {
        const value = contact.properties?.[path];
        return typeof value === 'string' ? value : undefined;
    };
    const address = imAddress ?? property('contacts:EmailAddress:EmailAddress1') ?? property('contacts:ImAddress:ImAddress1') ?? '';
    return {
        key: imAddress ?? contact.id!,
        isImContact: imAddress !== undefined,
        name: property('contacts:DisplayName') ?? contact.displayName ?? '',
        address,
        id: contact.id!,
        personaId: contact.personaId!,
        folder: 'folder' in contact ? contact.folder : undefined,
    };
}
