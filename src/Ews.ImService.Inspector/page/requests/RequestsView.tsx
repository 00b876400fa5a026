import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { hashOf, open, replace, route } from '../state/route';
import { closesDetails } from '../state/shortcuts';
import { EntryView } from './entry/EntryView';
import { Filters } from './Filters';
import { filter } from './journal';
import { focusCurrentRow, RequestList } from './RequestList';
import './requests.css';
import { Toolbar } from './Toolbar';

/** The requests of the realm: filters, the list, and one entry. */
export function RequestsView() {
    const box = useRef<HTMLDivElement>(null);
    const [timesEntered, setTimesEntered] = useState(0);
    const id = Number(route.value.names[0]) || undefined;

    function openEntry(target: number, entersEntry: boolean): void {
        setTimesEntered((times) => (entersEntry ? times + 1 : 0));
        const location = hashOf('requests', [target], filter.value);
        if (id === undefined) open(location);
        else replace(location);
    }

    const close = () => open(hashOf('requests', [], filter.value));

    const wasOpen = useRef(false);
    useLayoutEffect(() => {
        if (wasOpen.current && id === undefined) focusCurrentRow(box.current!);
        wasOpen.current = id !== undefined;
    }, [id]);

    useEffect(() => {
        if (id === undefined) return;
        const closeOnEscape = (event: KeyboardEvent) => {
            if (closesDetails(event)) close();
        };
        addEventListener('keydown', closeOnEscape);
        return () => removeEventListener('keydown', closeOnEscape);
    }, [id]);

    return (
        <div class={id ? 'requests has-entry' : 'requests'}>
            <section class="request-list" aria-label="Journal">
                <Filters />
                <Toolbar />
                <RequestList box={box} openId={id} onOpen={openEntry} />
            </section>
            {id && <EntryView id={id} timesEntered={timesEntered} onOpen={(target) => openEntry(target, true)} onClose={close} />}
        </div>
    );
}
