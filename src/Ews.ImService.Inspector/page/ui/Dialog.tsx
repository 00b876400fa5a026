import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';

/** A modal dialog. Escape closes it, and the focus returns to the element that had it. */
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ComponentChildren }) {
    const dialog = useRef<HTMLDialogElement>(null);
    const heading = useId();
    useLayoutEffect(() => {
        const focused = document.activeElement;
        const element = dialog.current!;
        element.showModal();
        return () => {
            element.close(); // While it is open, no other element can have the focus.
            if (focused instanceof HTMLElement && focused.isConnected) focused.focus();
        };
    }, []);
    return (
        <dialog ref={dialog} aria-labelledby={heading} onClose={onClose}>
            <h2 id={heading}>{title}</h2>
            {children}
        </dialog>
    );
}
