// Verifies the formatting, the types and the generated files, and runs the unit tests (page/**/*.test.ts).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildPage } from './build.mjs';

/** The maximum size in bytes of the files that the page loads before the first body is shown. */
const maxFirstLoad = 200_000;

const folder = fileURLToPath(new URL('.', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'inspector-'));

function fail(message) {
    console.error(message);
    process.exitCode = 1;
}

function run(command, ...args) {
    if (spawnSync(command, args, { cwd: folder, stdio: 'inherit' }).status !== 0) fail(`${command} ${args[0]} failed.`);
}

const filesBelow = (path, ending = '') =>
    readdirSync(path, { recursive: true })
        .filter((file) => file.endsWith(ending))
        .sort();

async function runTests() {
    const tests = filesBelow(`${folder}page`, '.test.ts');
    await build({
        absWorkingDir: folder,
        entryPoints: tests.map((file) => `page/${file}`),
        outdir: `${work}/tests`,
        outbase: 'page',
        outExtension: { '.js': '.mjs' },
        bundle: true,
        platform: 'node',
        format: 'esm',
        target: 'node20',
        logLevel: 'warning',
    });
    run('node', '--test', ...tests.map((file) => `${work}/tests/${file.replace(/ts$/, 'mjs')}`));
}

async function compareGenerated() {
    const libraries = await buildPage(`${work}/built`);
    const names = filesBelow(`${work}/built`);
    const isCurrent =
        names.join() === filesBelow(`${folder}built`).join() &&
        names.every((name) => readFileSync(`${work}/built/${name}`).equals(readFileSync(`${folder}built/${name}`)));
    if (!isCurrent) fail('built/ is not current. Run "npm run build" and commit the result.');
    const size = names
        .filter((name) => name !== 'xml-worker.js')
        .reduce((sum, name) => sum + readFileSync(`${work}/built/${name}`).length, 0);
    if (size > maxFirstLoad) fail(`The first load has ${size} bytes; the limit is ${maxFirstLoad}.`);
    const page = readFileSync(`${folder}../../docs/third-party.md`, 'utf8');
    for (const library of libraries) if (!page.includes(library)) fail(`docs/third-party.md does not name ${library}.`);
}

try {
    run('npx', 'prettier', '--check', '--log-level', 'warn', '.');
    run('npx', 'tsc');
    await runTests();
    await compareGenerated();
} finally {
    rmSync(work, { recursive: true });
}
