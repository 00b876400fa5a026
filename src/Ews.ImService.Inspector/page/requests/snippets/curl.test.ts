import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { curlCommand } from './curl';
import { exampleRequest, special } from './example';
import { sentRequest } from './sentRequest';

/** Runs a command in a shell in which curl prints its arguments and its standard input. Returns the arguments, and the input last. */
function run(command: string): string[] {
    const shell = `curl() { printf '%s\\0' "$@"; [ "\${!#}" != @- ] || cat; }\n${command}`;
    const { status, stdout, stderr } = spawnSync('bash', ['-c', shell], { input: '', encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    return stdout.split('\0');
}

function commandOf(body: string, headers: Record<string, string> = {}): string {
    return curlCommand(sentRequest(exampleRequest(body, headers), 'http://localhost/'));
}

test('Each argument survives the shell', () => {
    const body = `${special}\nsecond line\r\n`;
    const args = run(commandOf(body, { 'X-Special': special, 'X-Empty': '' }));

    assert.deepEqual(args, [
        ...['--request', 'POST', 'http://localhost/EWS/Exchange.asmx'],
        ...['--header', 'Content-Type: text/xml', '--header', `X-Special: ${special}`, '--header', 'X-Empty;'],
        ...['--data-raw', body, ''],
    ]);
});

test('Brackets and braces in a URL are not patterns', () => {
    const entry = exampleRequest('', {}, { path: '/EWS/Exchange.asmx?x=[1-9]&y={a,b}' });
    const args = run(curlCommand(sentRequest(entry, 'http://localhost/')));

    assert.ok(args.includes('--globoff'));
    assert.ok(args.includes('http://localhost/EWS/Exchange.asmx?x=[1-9]&y={a,b}'));
});

test('A body that no argument can contain is sent through a pipe', () => {
    assert.deepEqual(run(commandOf('a\0b')).slice(-3), ['@-', 'a', 'b']);
});

test('Credentials are a placeholder', () => {
    const command = commandOf('<a/>', { Authorization: 'Basic (hidden)' });

    assert.match(command, /^# Replace PASSWORD/);
    assert.deepEqual(run(command).slice(3, 5), ['--user', 'alice@contoso.com:PASSWORD']);
});
