import { randomBytes } from 'node:crypto';
import type { ControlConnection } from './controlConnection';
import { ControlClient, isMissing, isSuccess } from './controlClient';
import { EwsImServerError } from './errors';
import { EwsImRealm } from './realm';

const maxLength = 64;
const suffixBytes = 4;

/** A realm that is deleted when a test has ended. */
export class EwsImTemporaryRealm extends EwsImRealm implements AsyncDisposable {
    private deletion: Promise<void> | undefined;

    /** Deletes the realm with its mailboxes, snapshots, fault rules, journal and clock. It can have been deleted before, and
     * the server can have been stopped. */
    async delete(): Promise<void> {
        await (this.deletion ??= this.tryDelete());
    }

    /** Deletes the realm, at the end of `await using`. */
    [Symbol.asyncDispose](): Promise<void> {
        return this.delete();
    }

    /** Deletes the realm, unless the server was stopped. After a failure, another attempt is possible. */
    private async tryDelete(): Promise<void> {
        try {
            await this.control.close();
            if (this.control.connection.isClosed) return;
            const server = new ControlClient(this.control.connection, '');
            const path = `realms/${this.name}`;
            const response = await server.trySend('DELETE', path);
            if (!isSuccess(response) && !isMissing(response)) throw server.errorOf('DELETE', path, response);
        } catch (error) {
            this.deletion = undefined;
            throw error;
        }
    }
}

/** Creates a realm with a new name.
 * @param beginning The beginning of its name. Characters that a name cannot have are replaced. */
export function createTemporaryRealm(connection: ControlConnection, beginning: string): EwsImTemporaryRealm {
    const suffix = randomBytes(suffixBytes).toString('hex');
    const valid = beginning.replace(/[^A-Za-z0-9._-]+/g, '_').replace(/^[._-]+/, '');
    const start = (valid || 'realm').slice(0, maxLength - suffix.length - 1);
    return new EwsImTemporaryRealm(new ControlClient(connection, `${start}-${suffix}`));
}

/** Returns a name of a realm if it is valid. */
export function verifyRealmName(name: string): string {
    if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) return name;
    const rule = "It must have 1 to 64 letters, digits, '.', '-' and '_', and begin with a letter or a digit.";
    throw new EwsImServerError(`'${name}' is not a valid realm name. ${rule}`);
}
