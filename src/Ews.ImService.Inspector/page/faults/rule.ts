import { conditions, kindOf, otherConditions, type FaultKind, type FaultRule, type Field } from './kinds';

/** Returns the rule that the values of the form describe. Empty fields, and fields of other kinds, are omitted. */
export function toRule(kind: FaultKind, values: Partial<Record<Field['name'], string>>): FaultRule {
    const rule: FaultRule = { kind };
    for (const field of [...conditions, ...otherConditions(kind), ...kindOf(kind).fields]) {
        const text = values[field.name];
        if (text) Object.assign(rule, { [field.name]: parse(field, text) });
    }
    return rule;
}

/** Returns the properties of a rule as text, such as `times 2`, without its id, kind and counters. */
export function describe(rule: FaultRule, fields: Field[]): string {
    return fields
        .filter(({ name }) => rule[name] !== undefined && name !== 'id')
        .map(({ name, label }) => `${label}: ${format(rule[name])}`)
        .join(', ');
}

/** Returns `true` if a rule is not triggered any more. */
export function isUsedUp({ times, triggered = 0 }: FaultRule): boolean {
    return times !== undefined && times !== null && triggered >= times;
}

function parse(field: Field, text: string): unknown {
    if (field.type === 'headers') return parseHeaders(text);
    return field.type === 'integer' || field.type === 'number' ? Number(text) : text;
}

/** Reads headers, one per line. A header that is repeated has several values. */
function parseHeaders(text: string): Record<string, string[]> {
    const headers = new Map<string, string[]>();
    for (const line of text.split('\n').filter((line) => line.trim())) {
        const [name = '', value = ''] = line.split(/:(.*)/s, 2).map((part) => part.trim());
        headers.set(name, [...(headers.get(name) ?? []), value]);
    }
    return Object.fromEntries(headers);
}

function format(value: unknown): string {
    if (typeof value !== 'object' || value === null) return String(value);
    return Object.entries(value)
        .map(([name, values]) => `${name}: ${values}`)
        .join('; ');
}
