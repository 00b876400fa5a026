import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleRequest } from './example';
import { pythonProgram } from './python';
import { sentRequest } from './sentRequest';

function programOf(body: string, headers: Record<string, string> = {}): string {
    return pythonProgram(sentRequest(exampleRequest(body, headers), 'http://localhost/'));
}

test('Backslashes, delimiters and control characters of a body are escaped', () => {
    const program = programOf('a\\n "b" """c"""\r\n\t\0"');

    assert.ok(program.includes('body = """a\\\\n "b" \\"\\"\\"c\\"\\"\\"\\x0d\n\\x09\\x00\\"""".encode()\n'), program);
});

test('Header values are escaped', () => {
    assert.ok(programOf('<a/>', { 'X-Special': 'a"b\\c' }).includes('        "X-Special": "a\\"b\\\\c",\n'));
});

test('A request without a body sends none', () => assert.ok(programOf('').includes('body = None\n')));

test('Credentials are a placeholder', () => {
    const program = programOf('<a/>', { Authorization: 'Basic (hidden)' });

    assert.ok(program.includes('import base64\n'));
    assert.ok(program.includes('base64.b64encode("alice@contoso.com:PASSWORD".encode())'));
});
