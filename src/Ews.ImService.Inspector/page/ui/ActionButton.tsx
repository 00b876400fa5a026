import { useState } from 'preact/hooks';
import { attempt } from '../state/messages';

interface Props {
    label: string;
    title?: string;
    /** `true` if the action is not possible. The button keeps the focus. */
    isDisabled?: boolean;
    onAction: () => Promise<unknown>;
}

/** A button that runs an action and shows its error. Clicks while the action runs have no effect. */
export function ActionButton({ label, title, isDisabled, onAction }: Props) {
    const [isRunning, setIsRunning] = useState(false);

    async function run(): Promise<void> {
        if (isRunning || isDisabled) return; // The button is not disabled in the meantime, because it would lose the focus.
        setIsRunning(true);
        await attempt(onAction);
        setIsRunning(false);
    }

    return (
        <button type="button" title={title} aria-busy={isRunning} aria-disabled={isDisabled} onClick={run}>
            {label}
        </button>
    );
}
