import type { Position } from './document';

/** The schema violation that a SOAP fault describes, at its position in the request. */
export interface Violation extends Position {
    message: string;
}

/** The number of characters of a response that describes a violation is smaller. */
const maxLength = 100_000;

/** Returns the schema violation in a response, or null if the response is not such a fault. */
export function readViolation(responseBody: string): Violation | null {
    if (responseBody.length > maxLength || !responseBody.includes('LinePosition>')) return null;
    const response = new DOMParser().parseFromString(responseBody, 'text/xml');
    const read = (name: string) => response.getElementsByTagNameNS('*', name)[0]?.textContent ?? null;
    const line = Number(read('LineNumber'));
    const position = Number(read('LinePosition'));
    const message = read('Violation');
    return message !== null && line > 0 && position > 0 ? { line, position, message } : null;
}
