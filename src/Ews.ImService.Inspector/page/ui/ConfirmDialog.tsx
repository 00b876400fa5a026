import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { errorText } from '../state/messages';
import { Dialog } from './Dialog';

interface Props {
    title: string;
    /** The label of the button that confirms. */
    action: string;
    isDangerous?: boolean;
    /** `false` while the consequences of the action are read. */
    isReady?: boolean;
    /** Runs when the user confirms. The dialog closes when it succeeds; it shows the error if it fails. */
    onConfirm: () => unknown;
    onClose: () => void;
    children?: ComponentChildren;
}

/** A dialog that asks before an action. Its children can be form controls. */
export function ConfirmDialog({ title, action, isDangerous, isReady = true, onConfirm, onClose, children }: Props) {
    const [error, setError] = useState('');
    const [isRunning, setIsRunning] = useState(false);

    async function confirm(event: Event): Promise<void> {
        event.preventDefault();
        if (isRunning) return; // The button is not disabled in the meantime, because it would lose the focus.
        setIsRunning(true);
        try {
            await onConfirm();
            onClose();
        } catch (reason) {
            setError(errorText(reason));
            setIsRunning(false);
        }
    }

    return (
        <Dialog title={title} onClose={onClose}>
            <form onSubmit={confirm}>
                {children}
                <p role="alert" class="error">
                    {error}
                </p>
                <div class="buttons">
                    <button type="button" onClick={onClose}>
                        Cancel
                    </button>
                    <button class={isDangerous ? 'danger' : 'primary'} disabled={!isReady} aria-busy={isRunning}>
                        {action}
                    </button>
                </div>
            </form>
        </Dialog>
    );
}
