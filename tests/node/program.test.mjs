import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { after, test } from 'node:test';

const command = resolve('node_modules/.bin/ews-im');
const folder = mkdtempSync(join(tmpdir(), 'ews-im-test-'));
after(() => rmSync(folder, { recursive: true }));

/** Writes a program that prints a text, its arguments and exits with code 3. */
function writeProgram(path, text) {
    mkdirSync(resolve(path, '..'), { recursive: true });
    writeFileSync(path, `#!/bin/sh\necho "${text} $*"\nexit 3\n`);
    chmodSync(path, 0o755);
    return path;
}

/** Runs the command ews-im and returns its exit code and output. */
function run(environment, ...args) {
    const env = { ...process.env, EWS_IM_PROGRAM: '', ...environment };
    return new Promise((done) => execFile(command, args, { env }, (error, stdout, stderr) => done([error?.code ?? 0, stdout + stderr])));
}

test('The program is found in this order: EWS_IM_PROGRAM, the package for the system, the path', async (t) => {
    // Not the path of the machine, on which the program may be installed. The command needs Node.
    const tools = join(folder, 'tools');
    mkdirSync(tools);
    symlinkSync(process.execPath, join(tools, 'node'));
    const path = [resolve(command, '..'), tools].join(delimiter);
    assert.deepEqual((await run({ PATH: path }))[0], 1);
    const [, message] = await run({ PATH: path });
    assert.match(message, /^The program ews-im was not found\. Install the npm package ews-im-linux-(x64|arm64), /);

    symlinkSync(command, join(folder, 'ews-im')); // As a global installation.
    assert.deepEqual(await run({ PATH: [path, folder].join(delimiter) }), [1, message]);
    rmSync(join(folder, 'ews-im'));

    writeProgram(join(folder, 'ews-im'), 'path');
    const withProgram = { PATH: [path, folder].join(delimiter) };
    assert.deepEqual(await run(withProgram, 'serve', '--db', 'a b'), [3, 'path serve --db a b\n']);

    const [, name] = /(ews-im-linux-\w+)/.exec(message);
    const installed = resolve('node_modules', name);
    t.after(() => rmSync(installed, { recursive: true }));
    writeProgram(join(installed, 'program/ews-im'), 'package');
    writeFileSync(join(installed, 'package.json'), JSON.stringify({ name }));
    assert.deepEqual(await run(withProgram), [3, 'package \n']);

    const given = writeProgram(join(folder, 'given'), 'given');
    assert.deepEqual(await run({ ...withProgram, EWS_IM_PROGRAM: given }), [3, 'given \n']);
    const missing = await run({ ...withProgram, EWS_IM_PROGRAM: join(folder, 'missing') });
    assert.deepEqual(missing, [1, `EWS_IM_PROGRAM is '${folder}/missing', which is not a file.\n`]);
});

test('The command runs the program and passes signals on', async () => {
    const child = spawn(command, ['serve', '--db', ':memory:', '--urls', 'http://127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    for await (const part of child.stdout.setEncoding('utf8')) {
        output += part;
        if (output.includes('EWS clients use') && !child.killed) child.kill('SIGTERM');
    }
    if (child.exitCode === null) await once(child, 'exit');
    assert.equal(child.exitCode, 0);
    assert.match(output, /The service has stopped/);
});
