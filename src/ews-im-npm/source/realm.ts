import { EwsImClock } from './clock';
import { isMissing, isSuccess, type ControlClient } from './controlClient';
import { EwsImFaults } from './faults';
import { EwsImJournal } from './journal';
import { describeJournal } from './journalReport';
import type { Schemas } from './schemas';
import { SeedMailbox } from './seedMailbox';

/** A realm: mailboxes, a journal, fault rules and a clock, isolated from the other realms of the server. */
export class EwsImRealm {
    /** The name; that of the default realm is empty. */
    readonly name: string;
    /** The EWS URL for clients. */
    readonly url: string;
    /** The clock of the realm. */
    readonly clock: EwsImClock;
    /** The fault rules of the realm. */
    readonly faults: EwsImFaults;
    /** The requests that the realm received. */
    readonly journal: EwsImJournal;

    /** @internal */
    constructor(protected readonly control: ControlClient) {
        this.name = control.realm;
        this.url = new URL(`${this.name && `/realms/${this.name}`}/EWS/Exchange.asmx`, control.connection.root).href;
        this.clock = new EwsImClock(control);
        this.faults = new EwsImFaults(control);
        this.journal = new EwsImJournal(control);
    }

    /** The root URL of the realm, to which clients add paths such as `/EWS/Exchange.asmx`. It has no slash at its end. */
    get rootUrl(): string {
        return this.url.slice(0, this.url.lastIndexOf('/EWS/'));
    }

    /** Creates a mailbox, or replaces the one with the same address.
     * @returns The mailbox with its ids and times. */
    async seed(mailbox: SeedMailbox | Schemas['SeedMailbox']): Promise<SeedMailbox> {
        await this.importSeed({ mailboxes: [mailbox] });
        return (await this.findMailbox(mailbox.smtpAddress))!;
    }

    /** Returns a mailbox, or `undefined` if the realm has no mailbox with this address. */
    async findMailbox(smtpAddress: string): Promise<SeedMailbox | undefined> {
        const path = `mailboxes/${encodeURIComponent(smtpAddress)}`;
        const response = await this.control.trySend('GET', path);
        if (isSuccess(response)) return new SeedMailbox(JSON.parse(response.text));
        if (isMissing(response)) return undefined;
        throw this.control.errorOf('GET', path, response);
    }

    /** Returns the mailboxes with their numbers of groups and contacts, ordered by address.
     * @param search A part of the addresses, regardless of case; the default is all mailboxes. */
    async getMailboxes(search?: string): Promise<Schemas['MailboxSummary'][]> {
        const query = search ? `?search=${encodeURIComponent(search)}` : '';
        return (await this.control.send<Schemas['MailboxList']>('GET', `mailboxes${query}`)).mailboxes;
    }

    /** Loads a seed document. Its mailboxes replace those with the same addresses.
     * @param document The seed document.
     * @param options `replaceAll` deletes all other mailboxes of the realm. */
    async importSeed(document: SeedDocument, { replaceAll = false } = {}): Promise<void> {
        await this.control.send(replaceAll ? 'PUT' : 'POST', 'seed', document);
    }

    /** Returns all mailboxes as a seed document with ids, order and times. Loading it restores identical mailboxes. */
    async exportSeed(): Promise<Schemas['SeedDocument']> {
        return this.control.send('GET', 'seed');
    }

    /** Resets mailboxes, journal, fault rules and clock to the initial state. Snapshots are kept. */
    async reset(): Promise<void> {
        await this.control.send('POST', 'reset');
    }

    /** Resets one mailbox to its initial state. */
    async resetMailbox(smtpAddress: string): Promise<void> {
        await this.control.send('POST', `reset?mailbox=${encodeURIComponent(smtpAddress)}`);
    }

    /** Takes a snapshot of all mailboxes, which the server keeps in memory. It replaces one with the same name. */
    async takeSnapshot(name: string): Promise<void> {
        await this.control.send('PUT', snapshotPath(name));
    }

    /** Replaces all mailboxes with those of a snapshot. */
    async restoreSnapshot(name: string): Promise<void> {
        await this.control.send('POST', `${snapshotPath(name)}/restore`);
    }

    /** Returns the snapshots, ordered by name, with their times and numbers of mailboxes. */
    async getSnapshots(): Promise<Schemas['SnapshotSummary'][]> {
        return (await this.control.send<Schemas['SnapshotList']>('GET', 'snapshots')).details;
    }

    /** Deletes a snapshot. */
    async deleteSnapshot(name: string): Promise<void> {
        await this.control.send('DELETE', snapshotPath(name));
    }

    /** Returns a text for the report of a failed test: the newest requests, one in a line, and the bodies of the last ones. If the server
     * does not respond, the text states it. */
    describeJournal(): Promise<string> {
        return describeJournal(this);
    }

    /** Returns the EWS URL. */
    toString(): string {
        return this.url;
    }
}

const snapshotPath = (name: string): string => `snapshots/${encodeURIComponent(name)}`;

/** A seed document. The properties of a {@link SeedMailbox} are those of the JSON. */
type SeedDocument = Omit<Schemas['SeedDocument'], 'mailboxes'> & { mailboxes: (SeedMailbox | Schemas['SeedMailbox'])[] };
