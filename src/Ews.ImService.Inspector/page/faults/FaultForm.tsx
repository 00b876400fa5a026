import { useId, useState } from 'preact/hooks';
import { shownEntries } from '../requests/journal';
import { showMessage } from '../state/messages';
import { Problems } from '../ui/Problems';
import { addFault } from './faults';
import { FaultField } from './FaultField';
import { conditions, kindOf, kinds, otherConditions, type FaultKind, type Field } from './kinds';
import { toRule } from './rule';

/** The form that adds a fault rule. It has the fields of the selected kind. */
export function FaultForm({ onAdded }: { onAdded: () => void }) {
    const heading = useId();
    const [kind, setKind] = useState<FaultKind>('serverBusy');
    const [values, setValues] = useState<Partial<Record<Field['name'], string>>>({});
    const [error, setError] = useState<unknown>(null);
    const { effect, fields } = kindOf(kind);

    async function add(event: Event): Promise<void> {
        event.preventDefault();
        try {
            const rule = await addFault(toRule(kind, values));
            setError(null);
            showMessage(`The fault rule ${rule.id} was added.`);
            onAdded();
        } catch (reason) {
            setError(reason);
        }
    }

    const show = (field: Field) => (
        <FaultField
            key={field.name}
            field={field}
            value={values[field.name] ?? ''}
            suggestions={isSuggested(field.name) ? shownEntries().valuesOf(field.name) : undefined}
            onInput={(value) => setValues({ ...values, [field.name]: value })}
        />
    );

    return (
        <section>
            <h2 id={heading}>New fault rule</h2>
            <form class="fault-form" aria-labelledby={heading} onSubmit={add}>
                <div class="fields">
                    <label>
                        Kind
                        <select value={kind} onChange={(event) => setKind(event.currentTarget.value as FaultKind)}>
                            {kinds.map(({ kind: name }) => (
                                <option key={name}>{name}</option>
                            ))}
                        </select>
                    </label>
                    {fields.map(show)}
                </div>
                <p class="quiet">{effect}</p>
                <div class="fields">{conditions.map(show)}</div>
                <details>
                    <summary>Further conditions</summary>
                    <div class="fields">{otherConditions(kind).map(show)}</div>
                </details>
                <Problems error={error} />
                <button class="primary">Add fault rule</button>
            </form>
        </section>
    );
}

/** The values of these properties in the journal are suggested. */
function isSuggested(name: Field['name']): name is 'operation' | 'mailbox' | 'responseCode' {
    return name === 'operation' || name === 'mailbox' || name === 'responseCode';
}
