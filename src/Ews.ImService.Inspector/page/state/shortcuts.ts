/** Focuses the search of the view, or that of the sidebar, when the user presses `/` outside of a text field. */
export function addSearchShortcut(): void {
    addEventListener('keydown', (event) => {
        const isTyping = event.target instanceof Element && event.target.matches('input, textarea, select, [contenteditable]');
        if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping || document.querySelector('dialog[open]'))
            return;
        const search =
            document.querySelector<HTMLElement>('main input[type=search]') ?? document.querySelector<HTMLElement>('input[type=search]');
        if (!search) return;
        event.preventDefault();
        search.focus();
    });
}

/** Returns `true` if a key closes the details of a view: Escape, unless it closes a dialog or clears a search. */
export function closesDetails(event: KeyboardEvent): boolean {
    const isSearching = event.target instanceof HTMLInputElement && event.target.type === 'search' && event.target.value !== '';
    return event.key === 'Escape' && !event.defaultPrevented && !isSearching && !document.querySelector('dialog[open]');
}
