/** The server cannot be started or reached, or it rejected a request. */
export class EwsImServerError extends Error {
    override readonly name = 'EwsImServerError';
}

/** A verification failed. The message states the expected and the actual state. */
export class EwsImVerificationError extends Error {
    override readonly name = 'EwsImVerificationError';
}
