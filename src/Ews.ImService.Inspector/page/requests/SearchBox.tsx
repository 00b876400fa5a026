import { useEffect, useState } from 'preact/hooks';
import { useDelay } from '../ui/useDelay';
import { filter, setFilter } from './journal';

const delayMilliseconds = 250;

/** The search in the bodies of requests. The service searches when the user stops typing. */
export function SearchBox() {
    const applied = filter.value.get('contains') ?? '';
    const [value, setValue] = useState(applied);
    const search = useDelay(delayMilliseconds);
    useEffect(() => setValue(applied), [applied]);

    function input(text: string): void {
        setValue(text);
        search.run(() => setFilter('contains', text));
    }

    return (
        <label class="search">
            Search request bodies
            <input
                type="search"
                placeholder="Text in the request body"
                value={value}
                onInput={(event) => input(event.currentTarget.value)}
            />
        </label>
    );
}
