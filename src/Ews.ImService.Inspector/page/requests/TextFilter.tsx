import { useId, useState } from 'preact/hooks';
import { useDelayedValue } from '../ui/useDelayedValue';
import { filter, setFilter, shownEntries } from './journal';
import { isAllowed, maxFilterLength, type FilterName } from './requestFilter';

interface Props {
    label: string;
    name: FilterName & ('operation' | 'mailbox' | 'responseCode' | 'status');
    /** The rule for values that are not allowed. */
    rule?: string;
}

/** A filter by a property of the entries. It suggests the values in the list, and is applied when the user stops typing. A value that is
 * not allowed is not applied; the previous one remains in effect. */
export function TextFilter({ label, name, rule }: Props) {
    const list = useId();
    const problem = useId();
    const [suggestions, setSuggestions] = useState<string[]>([]);
    const { value, input, applyNow } = useDelayedValue(filter.value.get(name) ?? '', (text) => {
        const wanted = text.trim();
        if (wanted === '' || isAllowed(name, wanted)) setFilter(name, wanted);
    });
    const isInvalid = value.trim() !== '' && !isAllowed(name, value.trim());
    return (
        <label>
            {label}
            <input
                list={list}
                aria-label={label}
                size={14}
                maxLength={maxFilterLength}
                autocomplete="off"
                spellcheck={false}
                aria-invalid={isInvalid}
                aria-describedby={isInvalid ? problem : undefined}
                value={value}
                onFocus={() => setSuggestions(shownEntries().valuesOf(name))}
                onInput={(event) => input(event.currentTarget.value)}
                onChange={applyNow}
            />
            {isInvalid && (
                <span id={problem} class="problem">
                    {rule}
                </span>
            )}
            <datalist id={list}>
                {suggestions.map((suggestion) => (
                    <option key={suggestion} value={suggestion} />
                ))}
            </datalist>
        </label>
    );
}
