import type { CallOptions, ControlConnection, ControlResponse, Method } from './controlConnection';
import { EwsImServerError } from './errors';
import type { Schemas } from './schemas';

/** Calls the control API of a realm. */
export class ControlClient {
    private isDeleted = false;
    private creation: Promise<ControlResponse> | undefined;

    /** Creates a client.
     * @param connection The connection to the server.
     * @param realm The name of the realm; that of the default realm is empty. */
    constructor(
        readonly connection: ControlConnection,
        readonly realm: string,
    ) {}

    /** `true` if this program deleted the realm or stopped the server. */
    get isClosed(): boolean {
        return this.isDeleted || this.connection.isClosed;
    }

    /** Rejects all further requests, because the realm is deleted, and waits until a request that creates it has ended. */
    async close(): Promise<void> {
        this.isDeleted = true;
        await this.creation?.catch(() => {}); // The request that needed the realm reports the error.
    }

    /** Sends a request and returns the JSON of the response, or `undefined` if it has none. A rejected request is an error. */
    async send<T = void>(method: Method, path: string, body?: unknown, waitMilliseconds?: number): Promise<T> {
        const response = await this.trySend(method, path, { body, waitMilliseconds });
        if (!isSuccess(response)) throw this.errorOf(method, path, response);
        return (response.text ? JSON.parse(response.text) : undefined) as T;
    }

    /** Sends a request and returns the response, also if the request was rejected. A realm that does not exist is created. */
    async trySend(method: Method, path: string, options?: CallOptions): Promise<ControlResponse> {
        const response = await this.trySendToExisting(method, path, options);
        if (this.realm === '' || !isMissing(response)) return response;
        const creation = await this.create();
        return isSuccess(creation) ? this.trySendToExisting(method, path, options) : creation;
    }

    /** Sends a request and returns the response, also if the request was rejected, for example because the realm does not exist. */
    async trySendToExisting(method: Method, path: string, options?: CallOptions): Promise<ControlResponse> {
        this.verifyOpen();
        return this.connection.send(this.realm, method, path, options);
    }

    /** Opens a stream and returns its lines. */
    async open(path: string, signal?: AbortSignal): Promise<AsyncGenerator<string, void>> {
        this.verifyOpen();
        const lines = await this.connection.open(this.realm, path, signal);
        if ('status' in lines) throw this.errorOf('GET', path, lines);
        return lines;
    }

    /** Returns the error of a request that did not succeed. */
    errorOf(method: Method, path: string, response: ControlResponse): EwsImServerError {
        if (isRejection(response)) {
            const { problems } = JSON.parse(response.text) as Schemas['ControlProblem'];
            return new EwsImServerError(`The server rejected ${method} ${path}: ${problems.join('\n')}`);
        }
        const cause = 'Control:Enabled may be false, or another server listens there.';
        return new EwsImServerError(`There is no control API at ${this.connection.root} (HTTP status ${response.status}). ${cause}`);
    }

    /** Returns the error of a request to a realm that was deleted. */
    deletionError(): EwsImServerError {
        return new EwsImServerError(`The realm '${this.realm}' was deleted.`);
    }

    private async create(): Promise<ControlResponse> {
        this.verifyOpen();
        this.creation ??= this.connection.send('', 'PUT', `realms/${this.realm}`).finally(() => (this.creation = undefined));
        return this.creation;
    }

    private verifyOpen(): void {
        if (this.isDeleted) throw this.deletionError();
    }
}

/** Returns `true` if a response is a successful response of the control API. */
export const isSuccess = ({ status, mediaType, text }: ControlResponse): boolean =>
    status >= 200 && status <= 299 && (text === '' || mediaType === 'application/json');

/** Returns `true` if the control API responded that something does not exist. */
export const isMissing = (response: ControlResponse): boolean => response.status === 404 && isRejection(response);

const isRejection = ({ mediaType }: ControlResponse): boolean => mediaType === 'application/problem+json';
