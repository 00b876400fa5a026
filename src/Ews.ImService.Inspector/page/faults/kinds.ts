import type { Contract } from '../control/call';

export type FaultRule = Contract['FaultRule'];
export type FaultKind = FaultRule['kind'];

/** A property of a fault rule, as a field of the form. */
export interface Field {
    name: Exclude<keyof FaultRule, 'kind' | 'matched' | 'triggered'>;
    label: string;
    type: 'text' | 'integer' | 'number' | 'lines' | 'headers';
    isRequired?: boolean;
    /** The value that applies if the field is empty. */
    defaultText?: string;
    min?: number;
    max?: number;
}

interface Kind {
    kind: FaultKind;
    effect: string;
    fields: Field[];
}

const maxMilliseconds = 24 * 60 * 60 * 1000;

const responseCode: Field = { name: 'responseCode', label: 'Response code', type: 'text', isRequired: true };
const messageText: Field = { name: 'messageText', label: 'Message text', type: 'text', defaultText: 'the text of Exchange, if known' };
const additionalDelay: Field = {
    name: 'delayMilliseconds',
    label: 'Additional delay (ms)',
    type: 'integer',
    min: 0,
    max: maxMilliseconds,
    defaultText: '0',
};

/** The kinds in the order of the documentation, with the fields that only they have. */
export const kinds: Kind[] = [
    {
        kind: 'serverBusy',
        effect: 'SOAP fault ErrorServerBusy with BackOffMilliseconds. The operation does not run.',
        fields: [
            { name: 'backOffMilliseconds', label: 'Back-off (ms)', type: 'integer', min: 0, max: maxMilliseconds, defaultText: '1000' },
        ],
    },
    {
        kind: 'responseCode',
        effect: "The operation's error response. The operation does not run.",
        fields: [responseCode, messageText],
    },
    {
        kind: 'soapFault',
        effect: 'SOAP fault, HTTP 500. The operation does not run.',
        fields: [responseCode, messageText],
    },
    {
        kind: 'http',
        effect: 'HTTP response such as 401, 403, 503 or a redirect. The operation does not run.',
        fields: [
            { name: 'status', label: 'Status', type: 'integer', min: 200, max: 599, isRequired: true },
            { name: 'headers', label: 'Headers', type: 'headers', defaultText: 'none; one per line, such as Retry-After: 30' },
            { name: 'body', label: 'Body', type: 'lines', defaultText: 'empty' },
        ],
    },
    {
        kind: 'delay',
        effect: 'The unchanged response after a delay. The operation runs.',
        fields: [{ name: 'milliseconds', label: 'Delay (ms)', type: 'integer', min: 1, max: maxMilliseconds, isRequired: true }],
    },
    {
        kind: 'slowBody',
        effect: 'The unchanged response at a limited rate. The operation runs.',
        fields: [{ name: 'bytesPerSecond', label: 'Bytes per second', type: 'integer', min: 1, defaultText: '100' }],
    },
    { kind: 'drop', effect: 'The connection is closed. The operation does not run.', fields: [] },
    { kind: 'dropAfter', effect: 'The connection is closed without a response. The operation runs.', fields: [] },
    {
        kind: 'truncate',
        effect: 'The connection is closed after part of the response. The operation runs.',
        fields: [{ name: 'bytes', label: 'Bytes', type: 'integer', min: 0, defaultText: '100' }],
    },
    { kind: 'malformed', effect: 'A complete response that is not well-formed XML. The operation runs.', fields: [] },
];

/** The conditions of a rule that are often used. */
export const conditions: Field[] = [
    { name: 'operation', label: 'Operation', type: 'text', defaultText: 'every operation' },
    { name: 'mailbox', label: 'Mailbox', type: 'text', defaultText: 'every mailbox' },
    { name: 'times', label: 'Times', type: 'integer', min: 1, defaultText: 'unlimited' },
];

const furtherConditions: Field[] = [
    { name: 'nth', label: 'From request number', type: 'integer', min: 1, defaultText: '1' },
    { name: 'probability', label: 'Probability', type: 'number', min: 0, max: 1, defaultText: '1' },
    { name: 'seed', label: 'Seed of the probability', type: 'integer', min: 0, defaultText: '0' },
    { name: 'id', label: 'Id', type: 'text', defaultText: 'a new id' },
];

/** Returns the other conditions of a rule. An additional delay does not apply to the kind `delay`. */
export function otherConditions(kind: FaultKind): Field[] {
    return kind === 'delay' ? furtherConditions : [...furtherConditions, additionalDelay];
}

export function kindOf(kind: FaultKind): Kind {
    return kinds.find((candidate) => candidate.kind === kind)!;
}
