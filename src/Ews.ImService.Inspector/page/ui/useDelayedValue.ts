import { useEffect, useRef, useState } from 'preact/hooks';
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
    const own = useRef(applied);
    const delay = useDelay(delayMilliseconds);
    useEffect(() => {
        if (applied.trim() === own.current.trim()) return; // It comes from this field, in which the user may have typed more since.
        own.current = applied;
        delay.cancel();
        setValue(applied);
    }, [applied]);

    function send(text: string): void {
        own.current = text;
        apply(text);
    }

    function input(text: string): void {
        setValue(text);
        delay.run(() => send(text));
    }

    function applyNow(): void {
        delay.cancel();
        if (value !== applied) send(value);
    }

    return { value, input, applyNow };
}
