import { messagesNamespace, soapNamespace, typesNamespace } from './names';

const envelope = `<s:Envelope xmlns:s="${soapNamespace}" xmlns:t="${typesNamespace}" xmlns:m="${messagesNamespace}">
<s:Header><t:RequestServerVersion Version="Exchange2013_SP1"/></s:Header><s:Body/></s:Envelope>`;

/** An element of a request. An undefined part is omitted. */
export interface Part {
    /** The name with the prefix `m` or `t`. */
    name: string;
    attributes?: Record<string, string>;
    text?: string;
    parts?: (Part | undefined)[];
}

/** Returns an element that contains a text; none if there is no text. */
export function text(name: string, value: string | undefined): Part | undefined {
    return value ? { name, text: value } : undefined;
}

/** Returns an element with an id; none if there is no id. */
export function id(name: string, value: string | undefined): Part | undefined {
    return value ? { name, attributes: { Id: value } } : undefined;
}

/** Returns the SOAP request of an operation. The browser escapes the values. */
export function writeRequest(operation: string, ...parts: (Part | undefined)[]): string {
    const request = new DOMParser().parseFromString(envelope, 'text/xml');
    const body = request.getElementsByTagNameNS(soapNamespace, 'Body')[0]!;
    append(body, { name: `m:${operation}`, parts });
    return new XMLSerializer().serializeToString(request);
}

function append(parent: Element, part: Part): void {
    const namespace = part.name.startsWith('m:') ? messagesNamespace : typesNamespace;
    const element = parent.ownerDocument.createElementNS(namespace, part.name);
    for (const [name, value] of Object.entries(part.attributes ?? {})) element.setAttribute(name, value);
    if (part.text !== undefined) element.appendChild(parent.ownerDocument.createTextNode(part.text));
    for (const child of part.parts ?? []) if (child) append(element, child);
    parent.appendChild(element);
}
