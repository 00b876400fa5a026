import type { FilterName } from './requestFilter';
import { filter, setFilter } from './journal';

interface Props {
    label: string;
    name: FilterName;
    /** The texts by their values; an empty value is no filter. */
    options: Record<string, string>;
}

/** A filter with fixed values. */
export function SelectFilter({ label, name, options }: Props) {
    return (
        <label>
            {label}
            <select value={filter.value.get(name) ?? ''} onChange={(event) => setFilter(name, event.currentTarget.value)}>
                {Object.entries(options).map(([value, text]) => (
                    <option key={value} value={value}>
                        {text}
                    </option>
                ))}
            </select>
        </label>
    );
}
