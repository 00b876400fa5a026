import { realmOf } from '../control/realm';
import { attempt } from '../state/messages';
import { download } from '../ui/download';
import { exportSeed } from './seeds';

/** The button that saves a mailbox, or all mailboxes, as a seed document. */
export function ExportButton({ mailbox }: { mailbox?: string }) {
    const save = () =>
        attempt(async () => {
            const name = mailbox ?? (realmOf(location.pathname) || 'mailboxes');
            download(`${name}.json`, `${JSON.stringify(await exportSeed(mailbox), null, 2)}\n`, 'application/json');
        });
    return (
        <button type="button" onClick={save}>
            Export
        </button>
    );
}
