import { useEffect, useId, useState } from 'preact/hooks';
import type { FilterName } from './requestFilter';
import { filter, setFilter, shownEntries } from './journal';

interface Props {
    label: string;
    name: FilterName & ('operation' | 'mailbox' | 'responseCode' | 'status');
    pattern?: string;
}

/** A filter by a property of the entries. It suggests the values in the list, and is applied by Enter, by leaving the field, or by a
 * suggested value. */
export function TextFilter({ label, name, pattern }: Props) {
    const list = useId();
    const applied = filter.value.get(name) ?? '';
    const [value, setValue] = useState(applied);
    const [suggestions, setSuggestions] = useState<string[]>([]);
    useEffect(() => setValue(applied), [applied]);

    function input(text: string): void {
        setValue(text);
        if (text === '' || suggestions.includes(text)) setFilter(name, text);
    }

    return (
        <label>
            {label}
            <input
                list={list}
                size={14}
                autocomplete="off"
                spellcheck={false}
                pattern={pattern}
                value={value}
                onFocus={() => setSuggestions(shownEntries().valuesOf(name))}
                onInput={(event) => input(event.currentTarget.value)}
                onChange={(event) => event.currentTarget.reportValidity() && setFilter(name, event.currentTarget.value.trim())}
            />
            <datalist id={list}>
                {suggestions.map((suggestion) => (
                    <option key={suggestion} value={suggestion} />
                ))}
            </datalist>
        </label>
    );
}
