import { FaultRule } from './faultRule';

/** Creates fault rules, one function for each kind. A rule applies to every request until its conditions limit it. */
export const Fault = {
    /** Responds with the SOAP fault ErrorServerBusy, which requests a back-off. */
    serverBusy: (backOffMilliseconds: number) => new FaultRule({ kind: 'serverBusy', backOffMilliseconds }),

    /** Responds with an error response of the operation, which is not executed. */
    responseCode: (responseCode: string, messageText?: string) => new FaultRule({ kind: 'responseCode', responseCode, messageText }),

    /** Responds with a SOAP fault and HTTP status 500. */
    soapFault: (responseCode: string, messageText?: string) => new FaultRule({ kind: 'soapFault', responseCode, messageText }),

    /** Responds with an HTTP status from 200 to 599, such as 401, 503 or a redirect. */
    http: (status: number, body = '', headers?: Record<string, string | string[]>) =>
        new FaultRule({ kind: 'http', status, body, headers }),

    /** Delays the unchanged response. */
    delay: (milliseconds: number) => new FaultRule({ kind: 'delay', milliseconds }),

    /** Sends the unchanged response at a limited rate. */
    slowBody: (bytesPerSecond: number) => new FaultRule({ kind: 'slowBody', bytesPerSecond }),

    /** Closes the connection without executing the operation. */
    drop: () => new FaultRule({ kind: 'drop' }),

    /** Executes the operation and closes the connection without a response. */
    dropAfter: () => new FaultRule({ kind: 'dropAfter' }),

    /** Executes the operation and closes the connection after part of the response. */
    truncate: (bytes = 100) => new FaultRule({ kind: 'truncate', bytes }),

    /** Executes the operation and sends a complete response that is not well-formed XML. */
    malformed: () => new FaultRule({ kind: 'malformed' }),
} as const;
