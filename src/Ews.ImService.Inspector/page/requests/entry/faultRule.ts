import { useResource } from '../../control/useResource';
import { listFaults } from '../../faults/faults';
import type { FaultKind, FaultRule } from '../../faults/kinds';

/** The kinds whose effect is not part of the journal: it contains the complete response. */
const remarks: Partial<Record<FaultKind, string>> = {
    truncate: 'The client received the beginning of this response only.',
    malformed: 'The client received this response in a form that is not well-formed.',
    dropAfter: 'The client did not receive this response.',
};

/** Reads a fault rule. Returns `undefined` if there is none, or if it was removed. */
export function useFaultRule(id: string | null | undefined): FaultRule | undefined {
    const read = async () => (id ? (await listFaults()).find((rule) => rule.id === id) : undefined);
    return useResource(read, () => false, [id]).value;
}

/** Returns how the response that a client received differs from that in the journal, or `undefined` if it does not. */
export function faultRemark(rule: FaultRule | undefined): string | undefined {
    return rule && remarks[rule.kind];
}
