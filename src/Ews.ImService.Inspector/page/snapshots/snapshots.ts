import { call, pathOf, type Contract } from '../control/call';

export type Snapshot = Contract['SnapshotSummary'];

/** Lists the snapshots in the order of their names. */
export async function listSnapshots(): Promise<Snapshot[]> {
    return (await call<Contract['SnapshotList']>('GET', 'snapshots')).details;
}

/** Takes a snapshot of all mailboxes; a snapshot with the same name is replaced. */
export function takeSnapshot(name: string): Promise<void> {
    return call('PUT', pathOf('snapshots', name));
}

export function restoreSnapshot(name: string): Promise<void> {
    return call('POST', pathOf('snapshots', name, 'restore'));
}

export function deleteSnapshot(name: string): Promise<void> {
    return call('DELETE', pathOf('snapshots', name));
}
