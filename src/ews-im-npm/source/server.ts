/// <reference lib="esnext.disposable" preserve="true" />
import { readCertificate, readCertificateFile } from './certificate';
import { ControlClient } from './controlClient';
import { ControlConnection } from './controlConnection';
import { EwsImServerError } from './errors';
import type { AttachOptions, EwsImServerOptions } from './options';
import { waitUntilReady } from './readiness';
import { EwsImRealm } from './realm';
import type { Schemas } from './schemas';
import { startProcess } from './serviceProcess';
import { createTemporaryRealm, verifyRealmName, type EwsImTemporaryRealm } from './temporaryRealm';

/** A running server. It is also its default realm, which receives the requests that name no realm. */
export class EwsImServer extends EwsImRealm implements AsyncDisposable {
    private stopping: Promise<void> | undefined;

    /** @internal */
    constructor(
        private readonly connection: ControlConnection,
        private readonly stopProcess: () => Promise<void>,
    ) {
        super(new ControlClient(connection, ''));
    }

    /** The certificate that clients must trust, in PEM format; `undefined` if the system trusts it or the server does not use TLS. */
    get certificate(): string | undefined {
        return this.connection.certificate;
    }

    /** Returns a new realm with a unique name. The server creates it when it is first used.
     * @param name The beginning of its name, such as that of the test. Characters that a name cannot have are replaced.
     * @returns The realm. Delete it when the test has ended. */
    createRealm(name = 'test'): EwsImTemporaryRealm {
        return createTemporaryRealm(this.connection, name);
    }

    /** Runs a test in a new realm, and deletes the realm. If the test fails, the requests that the realm received are written to
     * standard error.
     * @param name The beginning of the realm's name, such as the name of the test. Characters that a name cannot have are replaced.
     * @param test The test.
     * @returns The result of the test. */
    useRealm<T>(name: string, test: RealmTest<T>): Promise<T>;
    /** Runs a test in a new realm without a name of its own. */
    useRealm<T>(test: RealmTest<T>): Promise<T>;
    async useRealm<T>(...given: [string, RealmTest<T>] | [RealmTest<T>]): Promise<T> {
        const [name, test] = given.length === 1 ? [undefined, given[0]] : given;
        const realm = this.createRealm(name);
        let result: T;
        try {
            result = await test(realm);
        } catch (error) {
            console.error(await realm.describeJournal());
            await realm.delete().catch((failure) => console.error(`The realm '${realm.name}' was not deleted. ${failure}`));
            throw error;
        }
        await realm.delete();
        return result;
    }

    /** Returns the realm with a name. The server creates it when it is first used.
     * @param name The case-sensitive name: 1 to 64 letters, digits, dots, hyphens and underscores. */
    getRealm(name: string): EwsImRealm {
        return new EwsImRealm(new ControlClient(this.connection, verifyRealmName(name)));
    }

    /** Returns all realms: the default realm, which is this server, and the others, ordered by name. */
    async getRealms(): Promise<EwsImRealm[]> {
        const { realms } = await this.control.send<Schemas['RealmList']>('GET', 'realms');
        return realms.map((name) => (name === '' ? this : this.getRealm(name)));
    }

    /** Deletes a realm with its mailboxes, snapshots, fault rules, journal and clock. */
    async deleteRealm(name: string): Promise<void> {
        await this.control.send('DELETE', `realms/${verifyRealmName(name)}`);
    }

    /** Resets all realms to their initial state. */
    async resetAllRealms(): Promise<void> {
        await this.control.send('POST', 'reset?realms=all');
    }

    /** Waits until the server is ready. A server that {@link startEwsIm} returned is ready. */
    async waitUntilReady(timeoutMilliseconds = 30_000): Promise<void> {
        await waitUntilReady(this.connection, timeoutMilliseconds);
    }

    /** Stops the server, if {@link startEwsIm} started it. */
    async stop(): Promise<void> {
        this.connection.close();
        await (this.stopping ??= this.stopProcess());
    }

    /** Stops the server, at the end of `await using`. */
    [Symbol.asyncDispose](): Promise<void> {
        return this.stop();
    }
}

/** A test that runs in a realm. */
type RealmTest<T> = (realm: EwsImTemporaryRealm) => T | Promise<T>;

/** Starts a server in a process of its own, on a loopback address. It stops when this process exits.
 * @param options Configures the server.
 * @returns The server, which is ready. */
export async function startEwsIm(options: EwsImServerOptions = {}): Promise<EwsImServer> {
    const { root, service } = await startProcess(options);
    const [, token] = Object.entries(options.settings ?? {}).find(([key]) => key.toLowerCase() === 'control:token') ?? [];
    const certificate = root.protocol === 'https:' ? await readCertificate(root) : undefined;
    const connection = new ControlConnection(root, token?.toString(), certificate, () => service.describeExit());
    return new EwsImServer(connection, () => service.stop());
}

/** Connects to a server that is already running. No request is sent before one of its members is used.
 * @param url The root URL or the EWS URL; the default is the environment variable EWS_IM_URL.
 * @param options The token and the certificate of the server, if it has any; the default is the environment variables EWS_IM_TOKEN and
 * EWS_IM_CERTIFICATE, the path of a PEM file. */
export function attachEwsIm(url: string | URL | undefined = process.env['EWS_IM_URL'], options: AttachOptions = {}): EwsImServer {
    if (!url) throw new EwsImServerError('The URL of the server is missing. Pass it, or set EWS_IM_URL.');
    const given = new URL(url);
    if (/^\/realms\//i.test(given.pathname))
        throw new EwsImServerError(`'${url}' is the URL of a realm. Attach to the root URL and call getRealm.`);
    const { token = process.env['EWS_IM_TOKEN'], certificate = readCertificateFile(process.env['EWS_IM_CERTIFICATE']) } = options;
    return new EwsImServer(new ControlConnection(new URL('/', given), token, certificate), async () => {});
}
