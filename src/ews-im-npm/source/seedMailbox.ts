import { EwsImVerificationError } from './errors';
import type { Schemas } from './schemas';

/** The content of a mailbox, as in a seed document: to create a mailbox, and to verify one. The methods `with…` return copies. */
export interface SeedMailbox extends Readonly<Schemas['SeedMailbox']> {}

export class SeedMailbox {
    /** Creates the content of a mailbox.
     * @param content The primary SMTP address of an empty mailbox, or the JSON of a seed document. */
    constructor(content: string | Schemas['SeedMailbox']) {
        Object.assign(this, typeof content === 'string' ? { smtpAddress: content } : content);
    }

    /** The groups except the system groups. */
    get userGroups(): Schemas['SeedGroup'][] {
        return this.allGroups.filter(({ type = 'UserGroup' }) => type === 'UserGroup' || type === 'DistributionGroup');
    }

    /** Adds a group. Members that are not IM contacts yet become IM contacts. */
    withGroup(displayName: string, ...members: string[]): SeedMailbox {
        return this.with({ groups: [...this.allGroups, { displayName, members }] });
    }

    /** Adds a distribution group. The default of the display name is the address. */
    withDistributionGroup(smtpAddress: string, displayName = smtpAddress): SeedMailbox {
        return this.with({ groups: [...this.allGroups, { displayName, type: 'DistributionGroup', smtpAddress }] });
    }

    /** Adds an IM contact. The default of the display name is the address. */
    withImContact(imAddress: string, displayName?: string): SeedMailbox {
        return this.with({ imContacts: [...(this.imContacts ?? []), { imAddress, displayName }] });
    }

    /** Adds a contact to the folder Contacts.
     * @param properties The properties by EWS property path, such as `contacts:GivenName`. */
    withContact(properties: Record<string, string>): SeedMailbox {
        return this.with({ contacts: [...(this.contacts ?? []), { properties }] });
    }

    /** Marks the migration of the IM list as complete. */
    withImListMigrationCompleted(): SeedMailbox {
        return this.with({ imListMigrationCompleted: true });
    }

    /** Returns the group with a display name, regardless of case. A missing group is an {@link EwsImVerificationError}. */
    getGroup(displayName: string): Schemas['SeedGroup'] {
        const names = this.allGroups.map((group) => group.displayName);
        return this.allGroups.find((group) => areEqual(group.displayName, displayName)) ?? this.fail('group', displayName, names);
    }

    /** Returns the IM contact with an address or tel URI, regardless of case. A missing contact is an {@link EwsImVerificationError}. */
    getImContact(address: string): Schemas['SeedImContact'] {
        const contacts = this.imContacts ?? [];
        return (
            contacts.find((contact) => areEqual(addressOf(contact), address)) ?? this.fail('IM contact', address, contacts.map(addressOf))
        );
    }

    /** Returns the members of a group. A missing group is an {@link EwsImVerificationError}. */
    getMembers(displayName: string): Schemas['SeedImContact'][] {
        return (this.getGroup(displayName).members ?? []).map((member) => this.getImContact(addressOfMember(member)));
    }

    /** Returns the groups that an IM contact is a member of. */
    getGroupsOf(address: string): Schemas['SeedGroup'][] {
        return this.allGroups.filter(({ members = [] }) => members.some((member) => areEqual(addressOfMember(member), address)));
    }

    private get allGroups(): Schemas['SeedGroup'][] {
        return this.groups ?? [];
    }

    private with(change: Partial<Schemas['SeedMailbox']>): SeedMailbox {
        return new SeedMailbox({ ...this, ...change });
    }

    private fail(noun: string, name: string, existing: string[]): never {
        const names = existing.map((one) => `'${one}'`).join(', ');
        const state = names ? `Its ${noun}s are ${names}.` : `It has no ${noun}s.`;
        throw new EwsImVerificationError(`The mailbox ${this.smtpAddress} has no ${noun} '${name}'. ${state}`);
    }
}

const areEqual = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

const addressOf = (contact: Schemas['SeedImContact']): string => contact.telUri?.telUriAddress ?? contact.imAddress ?? '';

const addressOfMember = (member: string | Schemas['SeedMember']): string =>
    typeof member === 'string' ? member : (member.telUri ?? member.contact ?? '');
