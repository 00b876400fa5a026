/** Why a request failed, as its response states it. */
export interface Failure {
    responseCode: string;
    messageText: string;
    /** The back-off that the response requests, or `null`. */
    backOffMilliseconds: number | null;
}

/** Reads the first error of a response: a SOAP fault, or a response message whose class is not Success. Returns `null` if it has none. */
export function readFailure(response: Document): Failure | null {
    const fault = first(response, 'Fault');
    const failed = [...response.getElementsByTagNameNS('*', '*')].find(
        (element) => !['Success', null].includes(element.getAttribute('ResponseClass')),
    );
    const source = fault ?? failed;
    if (!source) return null;
    const backOff = [...source.getElementsByTagNameNS('*', 'Value')].find((value) => value.getAttribute('Name') === 'BackOffMilliseconds');
    return {
        responseCode: first(source, 'ResponseCode')?.textContent ?? first(source, 'faultcode')?.textContent ?? '',
        messageText: first(source, 'MessageText')?.textContent ?? first(source, 'faultstring')?.textContent ?? '',
        backOffMilliseconds: backOff ? Number(backOff.textContent) : null,
    };
}

function first(parent: Document | Element, name: string): Element | null {
    return parent.getElementsByTagNameNS('*', name)[0] ?? null;
}
