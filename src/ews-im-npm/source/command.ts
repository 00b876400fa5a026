#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { EwsImServerError } from './errors';
import { findProgram, launcherVariable } from './program';

/** Runs the program with the arguments of this process, passes signals on, and exits with its exit code. */
function run(): void {
    const child = spawn(findProgram(), process.argv.slice(2), { stdio: 'inherit', env: { ...process.env, [launcherVariable]: '1' } });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
    child.on('error', (error) => fail(`The program cannot be started: ${error.message}`));
    child.on('exit', (code, signal) => (process.exitCode = signal ? 1 : (code ?? 1)));
}

function fail(message: string): void {
    console.error(message);
    process.exitCode = 1;
}

try {
    run();
} catch (error) {
    if (!(error instanceof EwsImServerError)) throw error;
    fail(error.message);
}
