import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { responseTimeoutMilliseconds, timeoutError } from './controlConnection';
import { EwsImServerError } from './errors';

/** Returns the certificate that a server of this process presents, in PEM format. */
export async function readCertificate({ hostname, port }: URL): Promise<string> {
    const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false });
    socket.setTimeout(responseTimeoutMilliseconds, () => socket.destroy(timeoutError(responseTimeoutMilliseconds)));
    try {
        await once(socket, 'secureConnect');
        const base64 = socket.getPeerCertificate().raw.toString('base64');
        return `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`;
    } finally {
        socket.destroy();
    }
}

/** Returns the certificate in the file that EWS_IM_CERTIFICATE names, if it is set. */
export function readCertificateFile(path: string | undefined): string | undefined {
    if (!path) return undefined;
    try {
        return readFileSync(path, 'utf8');
    } catch (error) {
        throw new EwsImServerError(`The file of EWS_IM_CERTIFICATE cannot be read: ${(error as Error).message}`, { cause: error });
    }
}
