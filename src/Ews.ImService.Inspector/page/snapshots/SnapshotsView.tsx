import { useResource } from '../control/useResource';
import { listSnapshots } from './snapshots';
import { SnapshotForm } from './SnapshotForm';
import { SnapshotTable } from './SnapshotTable';

/** The snapshots of the realm. */
export function SnapshotsView() {
    const { value: snapshots, reload } = useResource(listSnapshots, (change) => change.parts.includes('snapshots'));
    if (!snapshots) return <p class="quiet">Loading…</p>;
    return (
        <div class="view">
            <SnapshotForm existing={snapshots} onTaken={reload} />
            <SnapshotTable snapshots={snapshots} onChanged={reload} />
        </div>
    );
}
