import { useState } from 'preact/hooks';

const steps: Record<string, (index: number, last: number) => number> = {
    ArrowDown: (index, last) => Math.min(index + 1, last),
    ArrowUp: (index) => Math.max(index - 1, 0),
    Home: () => 0,
    End: (_, last) => last,
};

/** Makes a list of links one stop of the key Tab; the arrow keys, Home and End move the focus in it. Returns a function that returns the
 * properties of a link, and the key handler of the list. The stop is the link that had the focus last, the current one, or the first. */
export function useArrowKeys(names: string[], current: string | undefined) {
    const [focused, setFocused] = useState<string>();
    const stop = [focused, current].find((name) => name !== undefined && names.includes(name)) ?? names[0];

    function onKeyDown(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
        const step = steps[event.key];
        const links = [...event.currentTarget.querySelectorAll('a')];
        const index = links.findIndex((link) => link === event.target);
        if (!step || index < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        links[step(index, links.length - 1)]!.focus();
    }

    const linkProps = (name: string) => ({ tabIndex: name === stop ? 0 : -1, onFocus: () => setFocused(name) });
    return { linkProps, onKeyDown };
}
