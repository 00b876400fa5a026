import { useResource } from '../control/useResource';
import { listFaults } from '../faults/faults';
import { filter, setFilters } from './journal';

const anyRule = 'faulted=true';
const noRule = 'faulted=false';

/** A filter by the fault rule that a request triggered. */
export function FaultFilter() {
    const { value: rules = [] } = useResource(listFaults, (change) => change.parts.includes('faults'));
    const ids = rules.map((rule) => rule.id!);
    const fault = filter.value.get('fault') ?? '';
    const faulted = filter.value.get('faulted');
    const selected = fault ? `fault=${fault}` : faulted ? `faulted=${faulted}` : '';
    const known = fault && !ids.includes(fault) ? [...ids, fault] : ids;

    function select(value: string): void {
        const [name, selection = ''] = value.split(/=(.*)/s, 2);
        setFilters({ fault: name === 'fault' ? selection : '', faulted: name === 'faulted' ? selection : '' });
    }

    return (
        <label>
            Fault
            <select value={selected} onChange={(event) => select(event.currentTarget.value)}>
                <option value="">Any</option>
                <option value={anyRule}>Triggered a rule</option>
                <option value={noRule}>Triggered no rule</option>
                {known.map((id) => (
                    <option key={id} value={`fault=${id}`}>
                        Rule {id}
                    </option>
                ))}
            </select>
        </label>
    );
}
