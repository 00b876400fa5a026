import { computed, signal } from '@preact/signals';

/** A location in the page: the view, the names below it, and the query. `#/requests/17?operation=AddImGroup` is an example. */
export interface Route {
    view: string;
    names: string[];
    query: URLSearchParams;
}

/** Reads a location from the fragment of a URL. Percent signs that do not begin an escape sequence are kept. */
export function parseRoute(hash: string): Route {
    const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s, 2);
    const [view = '', ...names] = path.split('/').filter(Boolean).map(decode);
    return { view, names, query: new URLSearchParams(query) };
}

/** Returns the fragment of a location. */
export function hashOf(view: string, names: readonly (string | number)[] = [], query = new URLSearchParams()): string {
    const path = [view, ...names].map(encodeURIComponent).join('/');
    return query.size > 0 ? `#/${path}?${query}` : `#/${path}`;
}

function decode(text: string): string {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}

const hash = signal(globalThis.location?.hash ?? '');

globalThis.addEventListener?.('hashchange', () => (hash.value = location.hash));

/** The current location. */
export const route = computed(() => parseRoute(hash.value));

/** Returns `true` if a view shows an object. */
export function isOpen(view: string, name: string | number): boolean {
    const { view: current, names } = route.peek();
    return current === view && names[0] === String(name);
}

/** Opens a location. It is added to the history of the browser. */
export function open(target: string): void {
    history.pushState(null, '', target);
    hash.value = target;
}

/** Opens a location in place of the current one. */
export function replace(target: string): void {
    history.replaceState(null, '', target);
    hash.value = target;
}
