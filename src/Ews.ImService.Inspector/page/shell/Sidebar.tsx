import { useEffect, useRef } from 'preact/hooks';
import { route } from '../state/route';
import { MailboxList } from './MailboxList';
import { RealmList } from './RealmList';

const wide = '(min-width: 60rem)';

/** The realms and mailboxes. On a narrow screen it is closed until the user opens it, and closes when a view is opened. */
export function Sidebar() {
    const details = useRef<HTMLDetailsElement>(null);
    const { view, names } = route.value;
    useEffect(() => {
        const query = matchMedia(wide);
        const follow = () => (details.current!.open = query.matches);
        follow();
        query.addEventListener('change', follow);
        return () => query.removeEventListener('change', follow);
    }, []);
    useEffect(() => {
        if (!matchMedia(wide).matches) details.current!.open = false;
    }, [view, names.join('/')]);
    return (
        <details class="sidebar" ref={details}>
            <summary>Realms and mailboxes</summary>
            <RealmList />
            <MailboxList />
        </details>
    );
}
