// Verifies the formatting of the sources and the tests, the types, and that the generated file is current.
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { contractFile, generateContract } from './contract.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** The tests of the package. */
const tests = ['../../tests/node/*.mjs', '../../tests/node/*.ts'];

function fail(message) {
    console.error(message);
    process.exitCode = 1;
}

function run(command, ...args) {
    if (spawnSync(command, args, { cwd: folder, stdio: 'inherit' }).status !== 0) fail(`${command} ${args[0]} failed.`);
}

run('npx', 'prettier', '--check', '--log-level', 'warn', '--config', '.prettierrc.json', '.', ...tests);
run('npx', 'tsc', '--noEmit');
const isCurrent = (await readFile(contractFile, 'utf8')) === (await generateContract());
if (!isCurrent) fail('source/contract.ts is not current. Run "npm run contract" and commit the result.');
