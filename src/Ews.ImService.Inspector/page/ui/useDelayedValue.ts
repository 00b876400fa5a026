import { useEffect, useState } from 'preact/hooks';
import { useDelay } from './useDelay';

/** The time after the last change of a text after which it is applied. */
const delayMilliseconds = 300;

export interface DelayedValue {
    /** The text of the field. */
    value: string;
    input: (text: string) => void;
    /** Applies the text without further delay. */
    applyNow: () => void;
}

/** The text of a field that is applied when the user stops typing. A text that was applied elsewhere replaces it. */
export function useDelayedValue(applied: string, apply: (text: string) => void): DelayedValue {
    const [value, setValue] = useState(applied);
    const delay = useDelay(delayMilliseconds);
    useEffect(() => {
        delay.cancel();
        setValue((text) => (text.trim() === applied.trim() ? text : applied));
    }, [applied]);

    function input(text: string): void {
        setValue(text);
        delay.run(() => apply(text));
    }

    function applyNow(): void {
        delay.cancel();
        if (value !== applied) apply(value);
    }

    return { value, input, applyNow };
}
