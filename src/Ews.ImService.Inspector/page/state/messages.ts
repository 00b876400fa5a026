import { signal } from '@preact/signals';

const visibleMilliseconds = 6000;

/** The latest message, which disappears after some seconds. */
export const message = signal('');

/** The latest error, which the user dismisses. */
export const error = signal('');

let timer: ReturnType<typeof setTimeout> | undefined;

/** Shows a message. */
export function showMessage(text: string): void {
    message.value = text;
    clearTimeout(timer);
    timer = setTimeout(() => (message.value = ''), visibleMilliseconds);
}

/** Shows an error. */
export function showError(reason: unknown): void {
    error.value = errorText(reason);
}

/** Removes an error that no longer applies, if it is shown. */
export function withdrawError(text: string): void {
    if (error.value === text) error.value = '';
}

/** Returns the text of an error. */
export function errorText(reason: unknown): string {
    return reason instanceof Error ? reason.message : String(reason);
}

/** Runs an action, and shows its error if it fails. Returns `true` if it succeeded. */
export async function attempt(action: () => unknown): Promise<boolean> {
    try {
        await action();
        return true;
    } catch (reason) {
        showError(reason);
        return false;
    }
}
