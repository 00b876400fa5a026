import { useId, useState } from 'preact/hooks';
import { attempt, showMessage } from '../state/messages';
import { hashOf } from '../state/route';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { useKeptFocus } from '../ui/useKeptFocus';
import { removeFault, removeFaults } from './faults';
import { conditions, kindOf, otherConditions, type FaultRule } from './kinds';
import { describe, isUsedUp } from './rule';

interface Props {
    rules: FaultRule[];
    onRemoved: () => void;
}

/** The fault rules in the order in which they are matched, with their counters. */
export function FaultTable({ rules, onRemoved }: Props) {
    const heading = useId();
    const section = useKeptFocus<HTMLElement>();
    const [isConfirming, setIsConfirming] = useState(false);

    const remove = (id: string) =>
        attempt(async () => {
            await removeFault(id);
            showMessage(`The fault rule ${id} was removed.`);
            onRemoved();
        });

    async function removeAll(): Promise<void> {
        await removeFaults();
        onRemoved();
    }

    return (
        <section aria-labelledby={heading} ref={section} tabIndex={-1}>
            <div class="view-title">
                <h2 id={heading}>Fault rules</h2>
                {rules.length > 0 && (
                    <button type="button" onClick={() => setIsConfirming(true)}>
                        Remove all…
                    </button>
                )}
            </div>
            {rules.length === 0 ? (
                <p class="empty">The realm has no fault rules.</p>
            ) : (
                <div class="table-box" tabIndex={0} role="group" aria-labelledby={heading}>
                    <table aria-labelledby={heading}>
                        <thead>
                            <tr>
                                <th scope="col">Id</th>
                                <th scope="col">Kind</th>
                                <th scope="col">Effect</th>
                                <th scope="col">Conditions</th>
                                <th scope="col" class="number">
                                    Matched
                                </th>
                                <th scope="col" class="number">
                                    Triggered
                                </th>
                                <th scope="col">Actions</th>
                            </tr>
                        </thead>
                        <tbody>
                            {rules.map((rule) => (
                                <FaultRow key={rule.id} rule={rule} onRemove={() => remove(rule.id!)} />
                            ))}
                        </tbody>
                    </table>
                </div>
            )}
            {isConfirming && (
                <ConfirmDialog
                    title="Remove all fault rules"
                    action="Remove all"
                    isDangerous
                    onConfirm={removeAll}
                    onClose={() => setIsConfirming(false)}
                >
                    <p>{rules.length === 1 ? 'The fault rule is removed.' : `The ${rules.length} fault rules are removed.`}</p>
                </ConfirmDialog>
            )}
        </section>
    );
}

function FaultRow({ rule, onRemove }: { rule: FaultRule; onRemove: () => void }) {
    const requests = hashOf('requests', [], new URLSearchParams({ fault: rule.id! }));
    return (
        <tr>
            <th scope="row">{rule.id}</th>
            <td>
                {rule.kind} {isUsedUp(rule) && <span class="badge">Used up</span>}
            </td>
            <td>{describe(rule, kindOf(rule.kind).fields)}</td>
            <td>{describe(rule, [...conditions, ...otherConditions(rule.kind)])}</td>
            <td class="number">{rule.matched}</td>
            <td class="number">{rule.triggered}</td>
            <td class="actions">
                <a href={requests} aria-label={`Requests that triggered ${rule.id}`}>
                    Requests
                </a>
                <button type="button" aria-label={`Remove ${rule.id}`} onClick={onRemove}>
                    Remove
                </button>
            </td>
        </tr>
    );
}
