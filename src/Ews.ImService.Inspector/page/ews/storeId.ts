/** The id of an object in the store, and the change key of its version. */
export interface StoreId {
    id: string;
    changeKey: string;
}

export function readId(element: Element | undefined): StoreId {
    if (!element) throw new Error('The response contains no id.');
    return { id: element.getAttribute('Id') ?? '', changeKey: element.getAttribute('ChangeKey') ?? '' };
}
