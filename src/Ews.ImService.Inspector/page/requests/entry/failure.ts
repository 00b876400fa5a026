/** The error that a response states. */
export interface Failure {
    responseCode: string;
    messageText: string;
    /** The back-off that the response requests, in milliseconds, or `null`. */
    backOffMilliseconds: number | null;
}

/** Reads the first error of a response: a SOAP fault, or a response message of another class than Success. Returns `null` if it has
 * none. */
export function readFailure(body: string): Failure | null {
    if (!/Fault>|ResponseClass="(Error|Warning)"/.test(body)) return null;
    const response = new DOMParser().parseFromString(body, 'text/xml');
    const source = response.querySelector('[ResponseClass=Error], [ResponseClass=Warning]') ?? find(response, 'Fault')[0];
    if (!source) return null;
    const text = (...names: string[]) => names.flatMap((name) => find(source, name))[0]?.textContent ?? '';
    const backOff = find(source, 'Value').find((value) => value.getAttribute('Name') === 'BackOffMilliseconds');
    return {
        responseCode: text('ResponseCode', 'faultcode'),
        messageText: text('MessageText', 'faultstring'),
        backOffMilliseconds: backOff ? Number(backOff.textContent) : null,
    };
}

function find(parent: Document | Element, name: string): Element[] {
    return [...parent.getElementsByTagNameNS('*', name)];
}
