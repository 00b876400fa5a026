import { call, pathOf, type Contract } from '../control/call';
import type { FaultRule } from './kinds';

/** Lists the fault rules in the order in which they are matched. */
export async function listFaults(): Promise<FaultRule[]> {
    return (await call<Contract['FaultRuleList']>('GET', 'faults')).faults;
}

/** Adds a fault rule; a rule with the same id is replaced. Returns the rule with its id. */
export function addFault(rule: FaultRule): Promise<FaultRule> {
    return call('POST', 'faults', { body: rule });
}

export function removeFault(id: string): Promise<void> {
    return call('DELETE', pathOf('faults', id));
}

export function removeFaults(): Promise<void> {
    return call('DELETE', 'faults');
}
