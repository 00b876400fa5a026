import { useEffect } from 'preact/hooks';
import type { Contract } from './call';

/** The changes of the realm since the previous event. */
export type Change = Contract['RealmChanges'];

/** The change that affects everything: the stream was interrupted. */
export const everything: Change = { parts: ['faults', 'snapshots', 'clock', 'realms', 'log'], mailboxes: [], allMailboxes: true };

const listeners = new Set<(change: Change) => void>();

/** Returns `true` if a change affects a mailbox. */
export function affectsMailbox(change: Change, smtpAddress: string): boolean {
    return change.allMailboxes || change.mailboxes.some((address) => address.toLowerCase() === smtpAddress.toLowerCase());
}

/** Returns `true` if a change can affect the mailboxes whose addresses contain a text. */
export function affectsSearch(change: Change, search: string): boolean {
    return change.allMailboxes || change.mailboxes.some((address) => address.toLowerCase().includes(search.toLowerCase()));
}

/** Reports a change to all listeners. */
export function reportChange(change: Change): void {
    for (const listener of [...listeners]) listener(change);
}

/** Calls a function for each change of the realm while the component is mounted. */
export function useChanges(listener: (change: Change) => void, inputs: readonly unknown[] = []): void {
    useEffect(() => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
    }, inputs);
}
