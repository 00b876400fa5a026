import { useResource } from '../control/useResource';
import { FaultForm } from './FaultForm';
import { listFaults } from './faults';
import './faults.css';
import { FaultTable } from './FaultTable';

/** The fault rules of the realm, and the form that adds one. */
export function FaultsView() {
    const { value: rules, reload } = useResource(listFaults, (change) => change.parts.includes('faults'));
    return (
        <div class="view">
            <FaultForm onAdded={reload} />
            {rules && <FaultTable rules={rules} onRemoved={reload} />}
        </div>
    );
}
