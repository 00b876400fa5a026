/** A mailbox of a seed document, as far as the document can be read. */
export interface SeedPreview {
    smtpAddress: string;
    groups: number;
    imContacts: number;
    contacts: number;
    /** `true` if the realm has a mailbox with this address. */
    exists: boolean;
}

/** Returns the mailboxes of a seed document; throws an error if it is not JSON. The service verifies the document when it is imported. */
export function preview(text: string, existing: string[]): SeedPreview[] {
    const document = JSON.parse(text) as { mailboxes?: unknown } | null;
    const addresses = new Set(existing.map((address) => address.toLowerCase()));
    return listOf(document?.mailboxes).map((mailbox) => {
        const { smtpAddress, groups, imContacts, contacts } = (mailbox ?? {}) as Record<string, unknown>;
        const address = typeof smtpAddress === 'string' ? smtpAddress : '';
        return {
            smtpAddress: address,
            groups: listOf(groups).length,
            imContacts: listOf(imContacts).length,
            contacts: listOf(contacts).length,
            exists: addresses.has(address.toLowerCase()),
        };
    });
}

/** Returns the addresses of the mailboxes that are deleted if the document replaces all. */
export function othersThan(mailboxes: SeedPreview[], existing: string[]): string[] {
    const kept = new Set(mailboxes.map((mailbox) => mailbox.smtpAddress.toLowerCase()));
    return existing.filter((address) => !kept.has(address.toLowerCase()));
}

function listOf(value: unknown): unknown[] {
    return Array.isArray(value) ? value : [];
}
