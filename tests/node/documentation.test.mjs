// Runs the examples of docs/node.md and of the package's readme. DOCUMENTATION is the folder with both.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { startEwsIm } from 'ews-im';

const page = readFileSync(join(process.env.DOCUMENTATION, 'node.md'), 'utf8');
const readme = readFileSync(join(process.env.DOCUMENTATION, 'README.md'), 'utf8');
const work = resolve('documentation');
after(() => rmSync(work, { recursive: true }));

/** Returns the code blocks below a heading, or of a text without that heading. */
function blocksOf(text, heading) {
    const section = heading ? text.split(/^## /m).find((one) => one.startsWith(`${heading}\n`)) : text;
    return [...section.matchAll(/^```[jt]s\n([^]*?)^```$/gm)].map(([, code]) => code);
}

/** Returns the file name that the first line of a code block states. */
const fileNameOf = (code) => /^\/\/ (\S+\.\w+)\n/.exec(code)?.[1];

/** Writes code blocks into a new folder: those with a file name, and others as a given file. */
function project(name, blocks, otherFile) {
    const folder = join(work, name);
    mkdirSync(folder, { recursive: true });
    for (const code of blocks) writeFileSync(join(folder, fileNameOf(code) ?? otherFile), code);
    return folder;
}

/** Runs a program in a folder, verifies its exit code and returns its output. */
function run(folder, program, ...args) {
    const { status, output } = tryRun(folder, program, ...args);
    assert.equal(status, 0, output);
    return output;
}

/** Runs a program in a folder and returns its exit code and output. */
function tryRun(folder, program, ...args) {
    const { NODE_TEST_CONTEXT: _, ...environment } = process.env; // Otherwise, node --test reports to this test.
    const env = { ...environment, NO_COLOR: '1' };
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', env });
    return { status, output: stdout + stderr };
}

/** Returns code blocks with a verification that fails. */
const failing = (blocks) => blocks.map((code) => code.replace(/(shouldHaveReceived\(.*), 1\)/, '$1, 7)'));

const report = /The requests to http.*\/realms\/.*:\n[^]*  #\d AddImGroup for alice@contoso.com: NoError\n\n[^]*Request #\d:\n/;

/** Returns the path of an installed command. */
const installed = (command) => resolve('node_modules/.bin', command);

const client = blocksOf(page, 'A first test').filter((code) => fileNameOf(code) === 'im-client.mjs');

test('The first test', () => {
    const folder = project('first', blocksOf(page, 'A first test'));
    assert.match(run(folder, process.execPath, '--test'), /pass 2\n/);
});

test('The test of the readme', () => {
    const folder = project('readme', [...client, ...blocksOf(readme)], 'readme.test.mjs');
    assert.match(run(folder, process.execPath, '--test'), /pass 2\n/);
});

test('The test with Vitest', () => {
    const folder = project('vitest', [...client, ...blocksOf(page, 'Vitest')]);
    assert.match(run(folder, installed('vitest'), 'run'), /Tests +1 passed/);
});

test('A failed test with Vitest writes the requests', () => {
    const folder = project('vitest-failed', [...client, ...failing(blocksOf(page, 'Vitest'))]);
    const { status, output } = tryRun(folder, installed('vitest'), 'run');
    assert.match(output, /Tests +1 failed/);
    assert.match(output, report);
    assert.equal(status, 1);
});

test('The test with Jest', () => {
    const folder = project('jest', blocksOf(page, 'Jest'));
    assert.match(run(folder, installed('jest')), /Tests: +2 passed/);
});

test('A failed test with Jest writes the requests', () => {
    const folder = project('jest-failed', failing(blocksOf(page, 'Jest')));
    const { status, output } = tryRun(folder, installed('jest'));
    assert.match(output, /Tests: +1 failed, 1 passed/);
    assert.match(output.replace(/^ {4}/gm, ''), report);
    assert.equal(status, 1);
});

/** A test that waits while the functions of time are replaced. */
const withFakeTimers = `await assert.rejects(exchange.journal.waitFor('AddImGroup', 100), /timeout of 100 ms expired/);
    await exchange.waitUntilReady(30_000);
    const silent = createServer();
    await new Promise((done) => silent.listen(0, '127.0.0.1', done));
    await assert.rejects(attachEwsIm('http://127.0.0.1:' + silent.address().port).waitUntilReady(300), /does not respond/);
    silent.close();`;

test('Timeouts expire with the fake timers of Vitest', () => {
    const code = `import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { attachEwsIm, startEwsIm } from 'ews-im';
import { test, vi } from 'vitest';
test('timeouts', async () => {
    vi.useFakeTimers();
    const exchange = await startEwsIm();
    ${withFakeTimers}
    await assert.rejects(startEwsIm({ startTimeoutMilliseconds: 1 }), /was not ready within 1 ms/);
    await exchange.stop();
});
`;
    assert.match(run(project('vitest-timers', [code], 'timers.test.mjs'), installed('vitest'), 'run'), /Tests +1 passed/);
});

test('Timeouts expire with the fake timers of Jest', () => {
    const code = `const assert = require('node:assert/strict');
const { createServer } = require('node:net');
const { attachEwsIm } = require('ews-im');
const exchange = attachEwsIm();
test('timeouts', async () => {
    jest.useFakeTimers();
    ${withFakeTimers}
});
`;
    const folder = project(
        'jest-timers',
        [...blocksOf(page, 'Jest').filter((block) => fileNameOf(block) === 'jest.config.js'), code],
        'timers.test.js',
    );
    assert.match(run(folder, installed('jest')), /Tests: +1 passed/);
});

test('The other examples', () => {
    const examples = page
        .split(/^## /m)
        .flatMap((section) => blocksOf(section).map((code) => ({ title: section.split('\n')[0], code })))
        .filter(({ code }) => !fileNameOf(code))
        .map(
            ({ title, code }, index) => `test('${title}, example ${index + 1}', () => exchange.useRealm(async (realm) => {\n${code}}));\n`,
        );
    const head = `import assert from 'node:assert/strict';
import https from 'node:https';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Fault, SeedMailbox, attachEwsIm, startEwsIm } from 'ews-im';
import { addImGroup } from './im-client.mjs';
const exchange = await startEwsIm();
`;
    const code = (head + examples.join('')).replaceAll("'http://localhost:5080'", 'exchange.url');
    const folder = project('examples', [...client, code], 'examples.test.mjs');
    const certificate = ['-keyout', 'server.pem', '-out', 'server.pem', '-subj', '/CN=127.0.0.1'];
    run(folder, 'openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...certificate);
    assert.match(run(folder, process.execPath, '--test'), new RegExp(`pass ${examples.length}\n`));
});

test('The error message in the page is that of the package', async () => {
    const exchange = await startEwsIm();
    const { addImGroup } = await import(join(project('message', client), 'im-client.mjs'));
    await addImGroup(exchange.url, 'alice@contoso.com', 'Friends');
    const error = await exchange.journal.shouldHaveReceived({ contains: 'Team' }).catch((failure) => failure);
    assert.ok(page.includes(error.message.replace(/^/gm, '    ')), error.message);
    await exchange.stop();
});
