import type { SeedPreview } from './preview';

const maxRows = 100;

/** The mailboxes of a seed document, and whether they replace one. */
export function PreviewTable({ mailboxes }: { mailboxes: SeedPreview[] }) {
    const further = mailboxes.length - maxRows;
    if (mailboxes.length === 0) return <p>The document contains no mailboxes.</p>;
    return (
        <div class="table-box preview" tabIndex={0} role="group" aria-label="Mailboxes of the document">
            <table aria-label="Mailboxes of the document">
                <thead>
                    <tr>
                        <th scope="col">Mailbox</th>
                        <th scope="col">Effect</th>
                        <th scope="col" class="number">
                            Groups
                        </th>
                        <th scope="col" class="number">
                            IM contacts
                        </th>
                        <th scope="col" class="number">
                            Contacts
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {mailboxes.slice(0, maxRows).map(({ smtpAddress, exists, groups, imContacts, contacts }, index) => (
                        <tr key={index}>
                            <th scope="row">{smtpAddress || '(no address)'}</th>
                            <td>{exists ? 'replaces the mailbox' : 'new'}</td>
                            <td class="number">{groups}</td>
                            <td class="number">{imContacts}</td>
                            <td class="number">{contacts}</td>
                        </tr>
                    ))}
                </tbody>
            </table>
            {further > 0 && <p class="quiet">and {further.toLocaleString('en')} more</p>}
        </div>
    );
}
