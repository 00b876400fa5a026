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

/** Runs a program in a folder and returns its output. */
function run(folder, program, ...args) {
    const { NODE_TEST_CONTEXT: _, ...environment } = process.env; // Otherwise, node --test reports to this test.
    const env = { ...environment, NO_COLOR: '1' };
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', env });
    assert.equal(status, 0, stdout + stderr);
    return stdout + stderr;
}

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

test('The test with Jest', () => {
    const folder = project('jest', blocksOf(page, 'Jest'));
    assert.match(run(folder, installed('jest')), /Tests: +2 passed/);
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
import { test } from 'node:test';
import { Fault, SeedMailbox, attachEwsIm, startEwsIm } from 'ews-im';
import { addImGroup } from './im-client.mjs';
const exchange = await startEwsIm();
`;
    const code = (head + examples.join('')).replaceAll("'http://localhost:5080'", 'exchange.url');
    const folder = project('examples', [...client, code], 'examples.test.mjs');
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
