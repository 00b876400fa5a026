import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps, type RequestOptions } from 'node:https';
import { EwsImServerError } from './errors';

/** The methods of control calls. */
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** The maximum time without data, in addition to the time for which a call waits. */
export const responseTimeoutMilliseconds = 100_000;

/** Further parts of a call. */
export interface CallOptions {
    /** The body, which is sent as JSON. */
    body?: unknown;
    /** A signal that ends the call. */
    signal?: AbortSignal;
    /** The time for which the server waits before it responds; the default is 0. */
    waitMilliseconds?: number;
}

/** A response of the control API. */
export interface ControlResponse {
    status: number;
    mediaType: string;
    text: string;
}

/** Sends requests to the control API of a server. Each has its own connection, so that none keeps this process alive. */
export class ControlConnection {
    readonly #token: string | undefined;
    /** `true` if the server was stopped. */
    isClosed = false;

    /** Creates a connection.
     * @param root The root URL of the server.
     * @param token The value of its setting `Control:Token`, if it has one.
     * @param certificate The certificate of the server in PEM format, if the system does not trust it.
     * @param describeExit Returns why the program of the server is not running, if this process started it.
     * @param timeoutMilliseconds The maximum time without data. */
    constructor(
        readonly root: URL,
        token?: string,
        readonly certificate?: string,
        private readonly describeExit?: () => string | undefined,
        private readonly timeoutMilliseconds = responseTimeoutMilliseconds,
    ) {
        this.#token = token;
    }

    /** Rejects all further requests, because the server stops. */
    close(): void {
        this.isClosed = true;
    }

    /** Sends a request and returns the response, also if the request was rejected. */
    async send(realm: string, method: Method, path: string, options: CallOptions = {}): Promise<ControlResponse> {
        return this.use(options.signal, async () => read(await this.request(realm, method, path, options)));
    }

    /** Opens a stream and returns its lines, or the response if the request was rejected. */
    async open(realm: string, path: string, signal?: AbortSignal): Promise<AsyncGenerator<string, void> | ControlResponse> {
        return this.use(signal, async () => {
            const response = await this.request(realm, 'GET', path, { signal });
            if (response.statusCode !== 200) return read(response);
            response.socket.setTimeout(0);
            return linesOf(response);
        });
    }

    /** Converts errors of the network to those of the package. */
    private async use<T>(signal: AbortSignal | undefined, action: () => Promise<T>): Promise<T> {
        if (this.isClosed) throw new EwsImServerError(`The server ${this.root} was stopped.`);
        try {
            return await action();
        } catch (error) {
            if (signal?.aborted) throw error;
            const reason = this.describeExit?.() ?? messageOf(error);
            throw new EwsImServerError(`No server responds at ${this.root}: ${reason}`, { cause: error });
        }
    }

    private request(realm: string, method: Method, path: string, call: CallOptions): Promise<IncomingMessage> {
        const { body, signal, waitMilliseconds = 0 } = call;
        const url = new URL(path, new URL('/_control/v1/', this.root));
        const headers: Record<string, string> = {};
        if (realm) headers['X-Ews-Realm'] = realm;
        if (this.#token !== undefined) headers['Authorization'] = `Bearer ${this.#token}`;
        if (body !== undefined) headers['Content-Type'] = 'application/json';
        const timeout = this.timeoutMilliseconds + waitMilliseconds;
        const options: RequestOptions = { method, headers, signal, timeout, agent: false, ca: this.certificate };
        const send = url.protocol === 'https:' ? requestHttps : requestHttp;
        return new Promise((resolve, reject) => {
            let response: IncomingMessage | undefined;
            const request = send(url, options, (received) => resolve((response = received)));
            request.on('error', reject);
            request.on('timeout', () => (response ?? request).destroy(timeoutError(timeout)));
            request.end(body === undefined ? undefined : JSON.stringify(body));
        });
    }
}

/** Returns the error of a connection without data. */
export const timeoutError = (milliseconds: number): Error => new Error(`no data within ${milliseconds} ms`);

async function read(response: IncomingMessage): Promise<ControlResponse> {
    response.setEncoding('utf8');
    let text = '';
    for await (const part of response) text += part;
    const mediaType = (response.headers['content-type'] ?? '').split(';')[0]!.trim();
    return { status: response.statusCode!, mediaType, text };
}

async function* linesOf(response: IncomingMessage): AsyncGenerator<string, void> {
    response.setEncoding('utf8');
    let rest = '';
    for await (const part of response) {
        const lines = (rest + part).split('\n');
        rest = lines.pop()!;
        yield* lines;
    }
}

/** Returns the message of an error. An attempt to connect to several addresses fails with an error without a message. */
function messageOf(error: unknown): string {
    if (error instanceof AggregateError) return error.errors.map(messageOf).join(', ');
    return error instanceof Error ? error.message : String(error);
}
