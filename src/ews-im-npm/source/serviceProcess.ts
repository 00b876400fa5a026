import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { EwsImServerError } from './errors';
import type { EwsImServerOptions } from './options';
import { findProgram } from './program';
import { environmentOf } from './serviceEnvironment';
import { delay, now, schedule } from './time';

const pollMilliseconds = 10;

/** The maximum time in which the program stops by itself. */
const stopTimeoutMilliseconds = 10_000;

/** Starts the program and waits until it is ready.
 * @returns The root URL of the server, and its process. */
export async function startProcess(options: EwsImServerOptions): Promise<{ root: URL; service: ServiceProcess }> {
    const folder = mkdtempSync(join(tmpdir(), 'ews-im-'));
    try {
        const urlFile = join(folder, 'url');
        const service = new ServiceProcess(options, environmentOf(options, folder), urlFile);
        await service.waitForFile(urlFile, options.startTimeoutMilliseconds ?? 30_000);
        return { root: new URL(readFileSync(urlFile, 'utf8').trim()), service };
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/** A process of the program. It stops when this process exits: then its standard input ends. */
export class ServiceProcess {
    private readonly program: string;
    private readonly child: ChildProcess;
    private readonly errors: string[] = [];
    private spawnError: Error | undefined;
    private isClosed = false;

    constructor(options: EwsImServerOptions, environment: NodeJS.ProcessEnv, urlFile: string) {
        this.program = resolve(options.program ?? findProgram());
        this.child = spawn(this.program, ['serve', '--stop-with-stdin', '--url-file', urlFile], {
            cwd: dirname(this.program), // An appsettings.json in the working directory of the test is not read.
            detached: true, // Ctrl+C in the terminal ends the tests; they stop the program.
            env: environment,
            stdio: ['pipe', options.logLine ? 'pipe' : 'ignore', 'pipe'],
            windowsHide: true,
        });
        this.child.once('error', (error) => (this.spawnError = error));
        this.child.once('close', () => (this.isClosed = true));
        createInterface(this.child.stderr!).on('line', (line) => this.errors.push(line));
        if (options.logLine) createInterface(this.child.stdout!).on('line', options.logLine);
    }

    /** Waits for the file that the program writes when it is ready. Then, the program does not keep this process alive. */
    async waitForFile(file: string, timeoutMilliseconds: number): Promise<void> {
        const end = now() + timeoutMilliseconds;
        while (!existsSync(file)) {
            const failure = this.describeExit();
            if (failure) throw new EwsImServerError(failure);
            if (now() >= end) {
                this.kill();
                throw new EwsImServerError(`The server was not ready within ${timeoutMilliseconds} ms. ${this.errors.join('\n')}`);
            }
            await delay(pollMilliseconds);
        }
        this.keepAlive(false);
    }

    /** Returns why the program is not running; `undefined` if it is running. */
    describeExit(): string | undefined {
        const { program, child, spawnError } = this;
        if (spawnError) return `The program ${program} cannot be started: ${spawnError.message}`;
        if (!this.isClosed) return undefined;
        const text = this.errors.length > 0 ? `: ${this.errors.join('\n')}` : '.';
        return `The program ${program} exited with ${child.signalCode ?? `code ${child.exitCode}`}${text}`;
    }

    /** Stops the program, and waits until it has exited and its output was read. */
    async stop(): Promise<void> {
        if (this.isClosed) return;
        this.keepAlive(true);
        const cancel = schedule(stopTimeoutMilliseconds, () => this.kill());
        this.child.stdin!.end();
        await once(this.child, 'close');
        cancel();
    }

    /** Ends the program and the processes that it started, and closes its streams, which further processes may keep open. */
    private kill(): void {
        if (process.platform === 'win32') this.child.kill('SIGKILL');
        else if (this.child.pid !== undefined) killGroup(this.child.pid);
        for (const stream of this.child.stdio) stream?.destroy();
    }

    /** Determines whether the program and its streams keep this process alive. */
    private keepAlive(isNeeded: boolean): void {
        for (const handle of [this.child, ...this.child.stdio] as (ChildProcess | Socket | null)[]) {
            if (isNeeded) handle?.ref();
            else handle?.unref();
        }
    }
}

/** Ends the processes of a group, if there are any. */
function killGroup(id: number): void {
    try {
        process.kill(-id, 'SIGKILL');
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
}
