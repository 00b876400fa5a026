import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** Moves the focus to a container when the element in it that had the focus is removed. The container has the tab index -1. */
export function useKeptFocus<T extends HTMLElement>(): RefObject<T | null> {
    const container = useRef<T>(null);
    const focused = useRef<Node | null>(null);

    useEffect(() => {
        const remember = ({ target }: FocusEvent) => {
            focused.current = target instanceof Node && container.current?.contains(target) ? target : null;
        };
        document.addEventListener('focusin', remember);
        return () => document.removeEventListener('focusin', remember);
    }, []);

    useLayoutEffect(() => {
        if (focused.current?.isConnected === false && document.activeElement === document.body) container.current?.focus();
    });

    return container;
}
