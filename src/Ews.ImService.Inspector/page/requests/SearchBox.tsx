import { useDelayedValue } from '../ui/useDelayedValue';
import { filter, setFilter } from './journal';
import { maxFilterLength } from './requestFilter';

/** The search in the bodies of requests. The service searches when the user stops typing. */
export function SearchBox() {
    const { value, input, applyNow } = useDelayedValue(filter.value.get('contains') ?? '', (text) => setFilter('contains', text));
    return (
        <label class="search">
            Search request bodies
            <input
                type="search"
                placeholder="Text in the request body"
                maxLength={maxFilterLength}
                value={value}
                onInput={(event) => input(event.currentTarget.value)}
                onChange={applyNow}
            />
        </label>
    );
}
