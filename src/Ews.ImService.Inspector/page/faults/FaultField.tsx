import { useId } from 'preact/hooks';
import type { Field } from './kinds';

const maxInteger = 2 ** 31 - 1;

interface Props {
    field: Field;
    value: string;
    suggestions?: string[];
    onInput: (value: string) => void;
}

/** A field of the form. It shows the value that applies if it is empty. */
export function FaultField({ field, value, suggestions = [], onInput }: Props) {
    const list = useId();
    const { label, type, isRequired, defaultText, min, max = maxInteger } = field;
    const common = { value, required: isRequired, placeholder: defaultText && `default: ${defaultText}` };
    if (type === 'lines' || type === 'headers') {
        return (
            <label class="wide">
                {label}
                <textarea {...common} rows={2} onInput={(event) => onInput(event.currentTarget.value)} />
            </label>
        );
    }
    const input = { ...common, autocomplete: 'off', onInput: (event: InputEvent) => onInput((event.target as HTMLInputElement).value) };
    return (
        <label>
            {label}
            {type === 'text' ? (
                <>
                    <input type="text" {...input} list={list} />
                    <datalist id={list}>
                        {suggestions.map((suggestion) => (
                            <option key={suggestion} value={suggestion} />
                        ))}
                    </datalist>
                </>
            ) : (
                <input type="number" min={min} max={max} step={type === 'integer' ? 1 : 'any'} {...input} />
            )}
        </label>
    );
}
