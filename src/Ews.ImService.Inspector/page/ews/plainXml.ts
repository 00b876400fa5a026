/** Returns the XML of an element without namespaces and prefixes, so that it is easy to read. */
export function writePlainXml(element: Element): string {
    const target = new DOMParser().parseFromString(`<${element.localName}/>`, 'text/xml');
    copyContent(element, target.documentElement);
    return new XMLSerializer().serializeToString(target);
}

function copyContent(source: Element, target: Element): void {
    for (const { namespaceURI, localName, value } of Array.from(source.attributes)) {
        if (namespaceURI === null) target.setAttribute(localName, value);
    }
    for (const node of Array.from(source.childNodes)) {
        if (node.nodeType === 3) target.appendChild(target.ownerDocument.createTextNode(node.nodeValue ?? ''));
        if (node.nodeType !== 1) continue;
        const child = target.ownerDocument.createElement((node as Element).localName);
        target.appendChild(child);
        copyContent(node as Element, child);
    }
}
