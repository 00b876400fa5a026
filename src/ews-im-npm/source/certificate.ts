import { once } from 'node:events';
import { connect } from 'node:tls';
import { responseTimeoutMilliseconds, timeoutError } from './controlConnection';

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
