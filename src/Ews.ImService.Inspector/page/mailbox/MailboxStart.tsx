import { useState } from 'preact/hooks';
import { hashOf, open } from '../state/route';
import { ExportButton } from '../seeds/ExportButton';
import { ImportButton } from '../seeds/ImportButton';

/** The form that opens a mailbox, and buttons that import and export all mailboxes. */
export function MailboxStart() {
    const [address, setAddress] = useState('');

    function submit(event: Event): void {
        event.preventDefault();
        open(hashOf('mailbox', [address.trim()]));
    }

    return (
        <div class="view">
            <section>
                <h2>Open a mailbox</h2>
                <p class="quiet">Select one in the list of mailboxes, or enter an address. The first change creates a mailbox.</p>
                <form class="fields" aria-label="Open a mailbox" onSubmit={submit}>
                    <label>
                        SMTP address
                        <input required autocomplete="off" value={address} onInput={(event) => setAddress(event.currentTarget.value)} />
                    </label>
                    <button class="primary">Open</button>
                </form>
            </section>
            <section>
                <h2>Seed documents</h2>
                <p class="quiet">
                    A seed document describes mailboxes as JSON. To import one, you can also drop its file on any view of this page.
                </p>
                <div class="buttons">
                    <ImportButton />
                    <ExportButton />
                </div>
            </section>
        </div>
    );
}
