import { useState } from 'preact/hooks';
import { ExportButton } from '../seeds/ExportButton';
import { ImportButton } from '../seeds/ImportButton';
import { AddContact } from './AddContact';
import { AddGroup } from './AddGroup';
import type { MailboxContent } from './model';

interface Props {
    mailbox: string;
    content: MailboxContent;
    onChanged: () => void;
}

/** The address of a mailbox, and actions on it. */
export function MailboxTitle({ mailbox, content, onChanged }: Props) {
    const [dialog, setDialog] = useState<'group' | 'contact'>();
    const close = () => setDialog(undefined);
    return (
        <div class="view-title mailbox-title">
            <h2>{mailbox}</h2>
            <div class="buttons">
                <button type="button" onClick={() => setDialog('group')}>
                    Add group
                </button>
                <button type="button" onClick={() => setDialog('contact')}>
                    Add contact
                </button>
                <ImportButton />
                <ExportButton mailbox={mailbox} />
            </div>
            {dialog === 'group' && <AddGroup mailbox={mailbox} onAdded={onChanged} onClose={close} />}
            {dialog === 'contact' && <AddContact mailbox={mailbox} groups={content.groups} onAdded={onChanged} onClose={close} />}
        </div>
    );
}
