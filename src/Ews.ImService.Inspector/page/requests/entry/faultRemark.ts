import type { FaultKind } from '../../faults/kinds';

/** The kinds whose effect is not part of the journal: it contains the complete response. */
const remarks: Partial<Record<FaultKind, string>> = {
    truncate: 'The client received the beginning of this response only.',
    malformed: 'The client received this response in a form that is not well-formed.',
    dropAfter: 'The client did not receive this response.',
};

/** Returns how the response that a client received differs from that in the journal, or `undefined` if it does not. */
export function faultRemark(kind: FaultKind | null | undefined): string | undefined {
    return kind ? remarks[kind] : undefined;
}
