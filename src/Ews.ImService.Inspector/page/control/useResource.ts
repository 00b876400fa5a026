import { useEffect, useRef, useState } from 'preact/hooks';
import { showError } from '../state/messages';
import { useChanges, type Change } from './changes';
import { RepeatedRead } from './repeatedRead';

export interface Resource<T> {
    value: T | undefined;
    /** `true` if the last call failed. */
    hasFailed: boolean;
    reload: () => void;
}

/** Reads a value from the control API when the component is mounted, when an input changes, and when a change of the realm affects it.
 * The previous value remains until the next one is read. Another input aborts the call. `pauseMilliseconds` is the minimum time between two
 * calls for changes of the realm. */
export function useResource<T>(
    read: (signal: AbortSignal) => Promise<T>,
    isAffected: (change: Change) => boolean,
    inputs: readonly unknown[] = [],
    pauseMilliseconds = 0,
): Resource<T> {
    const [value, setValue] = useState<T>();
    const [hasFailed, setHasFailed] = useState(false);
    const current = useRef<RepeatedRead>(undefined);
    useEffect(() => {
        let isFirst = true;
        const repeated = new RepeatedRead(async (signal) => {
            try {
                const result = await read(signal);
                if (signal.aborted) return;
                setValue(() => result);
                setHasFailed(false);
            } catch (reason) {
                if (signal.aborted) return;
                showError(reason);
                setHasFailed(true);
                if (isFirst) setValue(undefined);
            }
            isFirst = false;
        }, pauseMilliseconds);
        current.current = repeated;
        repeated.run();
        return () => repeated.stop();
    }, inputs);
    useChanges((change) => isAffected(change) && current.current!.runLater(), inputs);
    return { value, hasFailed, reload: () => current.current!.run() };
}
