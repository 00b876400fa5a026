import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { conditions, kinds, otherConditions, type Field } from './kinds';
import { describe, toRule } from './rule';

const openapi = JSON.parse(readFileSync('../Ews.ImService.Control/Api/openapi.json', 'utf8'));
const schema = openapi.components.schemas.FaultRule.properties;

test('A rule has the values of its kind and the conditions, with their types', () => {
    const values = {
        operation: 'AddImGroup',
        times: '2',
        probability: '0.5',
        status: '503',
        headers: 'A: 1\na: x:y\n\nB:',
        bytes: '7',
        mailbox: '',
    };
    assert.deepEqual(toRule('http', values), {
        kind: 'http',
        operation: 'AddImGroup',
        times: 2,
        probability: 0.5,
        status: 503,
        headers: { A: ['1'], a: ['x:y'], B: [''] },
    });
    assert.deepEqual(toRule('truncate', values), { kind: 'truncate', operation: 'AddImGroup', times: 2, probability: 0.5, bytes: 7 });
});

test('A header can have the name of a property of every object', () => {
    const { headers } = toRule('http', { headers: '__proto__: a\nconstructor: b\nconstructor: c' });
    assert.equal(JSON.stringify(headers), '{"__proto__":["a"],"constructor":["b","c"]}');
});

test('The additional delay does not apply to a delay', () => {
    assert.deepEqual(toRule('delay', { milliseconds: '5', delayMilliseconds: '7' }), { kind: 'delay', milliseconds: 5 });
    assert.deepEqual(toRule('drop', { delayMilliseconds: '7' }), { kind: 'drop', delayMilliseconds: 7 });
});

test('A rule is described by its labels', () => {
    const rule = toRule('drop', { id: 'x', operation: 'AddImGroup', times: '2' });
    assert.equal(describe(rule, conditions), 'Operation: AddImGroup, Times: 2');
});

test('The form has every kind and every property of the control API, within their limits', () => {
    assert.deepEqual(
        kinds.map(({ kind }) => kind),
        schema.kind.enum,
    );
    const fields = [...conditions, ...otherConditions('drop'), ...kinds.flatMap((kind) => kind.fields)];
    const readOnly = Object.keys(schema).filter((name) => schema[name].readOnly);
    assert.deepEqual(
        [...new Set(fields.map(({ name }) => name))].sort(),
        Object.keys(schema)
            .filter((name) => name !== 'kind' && !readOnly.includes(name))
            .sort(),
    );
    for (const field of fields) assertLimits(field);
});

function assertLimits({ name, type, min, max }: Field): void {
    const { type: schemaType, minimum, maximum } = schema[name];
    if (schemaType !== 'integer' && schemaType !== 'number') return;
    assert.equal(type, schemaType, name);
    assert.equal(min, minimum, name);
    assert.equal(max ?? 2 ** 31 - 1, maximum, name);
}
