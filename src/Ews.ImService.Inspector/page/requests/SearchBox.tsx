import { useEffect, useRef, useState } from 'preact/hooks';
import { filter, setFilter } from './journal';

const delayMilliseconds = 250;

/** The search in the bodies of requests. The service searches when the user stops typing. */
export function SearchBox() {
    const applied = filter.value.get('contains') ?? '';
    const [value, setValue] = useState(applied);
    const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
    useEffect(() => setValue(applied), [applied]);
    useEffect(() => () => clearTimeout(timer.current), []);

    function input(text: string): void {
        setValue(text);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => setFilter('contains', text), delayMilliseconds);
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
