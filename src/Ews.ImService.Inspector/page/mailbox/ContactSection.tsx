import { useId, useState } from 'preact/hooks';
import { ContactList, type ContactListProps } from './ContactList';
import { search } from './model';

/** The contacts from which this number on can be searched. */
const searchable = 10;

/** A titled list of contacts with a search box. */
export function ContactSection(props: ContactListProps & { empty: string }) {
    const { label, contacts, empty } = props;
    const heading = useId();
    const [text, setText] = useState('');
    const found = search(contacts, text);
    return (
        <section aria-labelledby={heading}>
            <div class="view-title">
                <h2 id={heading}>{label}</h2>
                <span class="quiet">{contacts.length.toLocaleString('en')}</span>
            </div>
            {(contacts.length >= searchable || text) && (
                <input
                    type="search"
                    aria-label={`Search ${label}`}
                    placeholder="Search by name or address"
                    value={text}
                    onInput={(event) => setText(event.currentTarget.value)}
                />
            )}
            {found.length > 0 ? <ContactList {...props} contacts={found} /> : <p class="empty">{text ? 'No contact matches.' : empty}</p>}
        </section>
    );
}
