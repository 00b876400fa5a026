import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { EwsImServerError } from './errors';
import type { EwsImServerOptions } from './options';
import { findProgram } from './program';

const pollMilliseconds = 10;

/** The maximum time in which the program stops by itself. */
const stopTimeoutMilliseconds = 10_000;

/** A running program. It does not keep this process alive, and stops when this process exits. */
export interface ServiceProcess {
    /** The root URL of the server. */
    root: URL;
    /** Stops the program and waits until it has exited. */
    stop(): Promise<void>;
}

/** Starts the program and waits until it is ready. */
export async function startProcess(options: EwsImServerOptions): Promise<ServiceProcess> {
    const program = resolve(options.program ?? findProgram());
    const folder = mkdtempSync(join(tmpdir(), 'ews-im-'));
    try {
        const urlFile = join(folder, 'url');
        const child = spawn(program, ['serve', '--stop-with-stdin', '--url-file', urlFile, ...argumentsOf(options, folder)], {
            cwd: dirname(program), // An appsettings.json in the working directory of the test is not read.
            env: environmentOf(options),
            stdio: ['pipe', options.logLine ? 'pipe' : 'ignore', 'pipe'],
            windowsHide: true,
        });
        const output = collectOutput(child, options.logLine);
        await waitUntilReady(child, program, urlFile, output, options.startTimeoutMilliseconds ?? 30_000);
        const root = new URL(readFileSync(urlFile, 'utf8').trim());
        keepAlive(child, false);
        return { root, stop: () => stop(child) };
    } finally {
        rmSync(folder, { recursive: true });
    }
}

function argumentsOf({ mailboxes = [], useHttps, port = 0, databasePath = ':memory:' }: EwsImServerOptions, folder: string): string[] {
    const list = ['--urls', `${useHttps ? 'https' : 'http'}://127.0.0.1:${port}`];
    list.push('--db', databasePath === ':memory:' ? databasePath : resolve(databasePath));
    if (mailboxes.length > 0) {
        const seedFile = join(folder, 'seed.json');
        writeFileSync(seedFile, JSON.stringify({ mailboxes }));
        list.push('--seed', seedFile);
    }
    return list;
}

/** Returns the environment of the program: the settings, which other users of the machine cannot read there, unlike arguments, and the
 * environment of this process without the settings of a service. */
function environmentOf({ settings = {}, useHttps, idSeed }: EwsImServerOptions): NodeJS.ProcessEnv {
    const isForService = (name: string): boolean => /^(EWSIM_|ASPNETCORE_|DOTNET_URLS$)/i.test(name);
    const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !isForService(name)));
    const all = { 'Https:CertificatePath': useHttps ? ':memory:' : undefined, 'Realms:IdSeed': idSeed, ...settings };
    for (const [key, value] of Object.entries(all)) if (value !== undefined) environment[`EWSIM_${key.replaceAll(':', '__')}`] = `${value}`;
    return environment;
}

/** Passes the lines of the log to a callback. Returns the list of the lines on standard error, which grows. */
function collectOutput(child: ChildProcess, logLine?: (line: string) => void): string[] {
    const errors: string[] = [];
    createInterface(child.stderr!).on('line', (line) => errors.push(line));
    if (logLine) createInterface(child.stdout!).on('line', logLine);
    return errors;
}

async function waitUntilReady(child: ChildProcess, program: string, urlFile: string, output: string[], timeout: number): Promise<void> {
    let failure: Error | undefined;
    child.once('error', (error) => (failure = new EwsImServerError(`The program ${program} cannot be started: ${error.message}`)));
    child.once('close', (code, signal) => {
        failure ??= new EwsImServerError(`The program ${program} exited with ${signal ?? `code ${code}`}: ${output.join('\n')}`);
    });
    for (let waited = 0; !existsSync(urlFile); waited += pollMilliseconds) {
        if (failure) throw failure;
        if (waited >= timeout) {
            child.kill('SIGKILL');
            throw new EwsImServerError(`The server was not ready within ${timeout} ms. ${output.join('\n')}`);
        }
        await delay(pollMilliseconds);
    }
}

/** Determines whether the program and its streams keep this process alive. If not, and this process exits, the standard input of the
 * program ends, which stops the program. */
function keepAlive(child: ChildProcess, isNeeded: boolean): void {
    for (const handle of [child, ...child.stdio] as (ChildProcess | Socket | null)[]) {
        if (isNeeded) handle?.ref();
        else handle?.unref();
    }
}

async function stop(child: ChildProcess): Promise<void> {
    keepAlive(child, true);
    const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMilliseconds);
    child.stdin!.end();
    if (!isClosed(child)) await once(child, 'close');
    clearTimeout(timer);
}

/** Returns `true` if the program has exited and its output was read. */
const isClosed = (child: ChildProcess): boolean =>
    (child.exitCode !== null || child.signalCode !== null) && child.stderr!.closed && (child.stdout?.closed ?? true);
