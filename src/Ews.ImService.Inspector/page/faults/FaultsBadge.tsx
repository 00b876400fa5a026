import { useResource } from '../control/useResource';
import { listFaults } from './faults';
import { isUsedUp } from './rule';

/** The time between two reads; each request can change the counters. */
const pauseMilliseconds = 1000;

/** The number of rules that can be triggered, in the link to the view. */
export function FaultsBadge() {
    const { value: rules = [] } = useResource(listFaults, (change) => change.parts.includes('faults'), [], pauseMilliseconds);
    const active = rules.filter((rule) => !isUsedUp(rule)).length;
    return active > 0 ? <span class="badge notice">{active}</span> : null;
}
