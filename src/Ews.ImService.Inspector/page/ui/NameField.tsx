interface Props {
    value: string;
    onInput: (value: string) => void;
}

/** The field for the name of a realm or a snapshot. */
export function NameField({ value, onInput }: Props) {
    return (
        <label>
            Name
            <input
                required
                maxLength={64}
                pattern="[A-Za-z0-9][A-Za-z0-9._\-]*"
                title="Letters, digits, dots, hyphens and underscores; the first character is a letter or a digit."
                autocomplete="off"
                value={value}
                onInput={(event) => onInput(event.currentTarget.value)}
            />
        </label>
    );
}
