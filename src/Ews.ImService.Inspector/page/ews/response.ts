import { soapNamespace } from './names';

/** An error of EWS: an error response or a SOAP fault. */
export class EwsError extends Error {
    constructor(
        readonly responseCode: string,
        readonly messageText: string,
    ) {
        super(`${responseCode}: ${messageText}`);
    }
}

/** Returns the element of the operation's response, or throws the error that the response reports. */
export function readResponse(xml: string): Element {
    const response = new DOMParser().parseFromString(xml, 'text/xml');
    const body = response.getElementsByTagNameNS(soapNamespace, 'Body')[0];
    const content = body && elementsOf(body)[0];
    if (!content) throw new Error('The response is not a SOAP message.');
    if (content.namespaceURI === soapNamespace) {
        throw new EwsError(
            textOf(content, 'ResponseCode') ?? textOf(content, 'faultcode') ?? 'Fault',
            textOf(content, 'faultstring') ?? '',
        );
    }
    for (const message of messagesOf(content)) {
        if (message.getAttribute('ResponseClass') === 'Error') {
            throw new EwsError(textOf(message, 'ResponseCode') ?? '', textOf(message, 'MessageText') ?? '');
        }
    }
    return content;
}

/** Returns the first element with a local name, or undefined. */
export function find(parent: Element, name: string): Element | undefined {
    return parent.getElementsByTagNameNS('*', name)[0];
}

export function textOf(parent: Element, name: string): string | undefined {
    return find(parent, name)?.textContent ?? undefined;
}

export function elementsOf(parent: Element): Element[] {
    return Array.from(parent.childNodes).filter((node): node is Element => node.nodeType === 1);
}

/** A batch operation has one message for each part of the request; the response of another operation is the message itself. */
function messagesOf(content: Element): Element[] {
    const messages = elementsOf(content).find((element) => element.localName === 'ResponseMessages');
    return messages ? elementsOf(messages) : [content];
}
