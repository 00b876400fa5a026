import { useEffect, useRef, useState } from 'preact/hooks';
import { showError } from '../state/messages';
import { useChanges, type Change } from './changes';

export interface Resource<T> {
    value: T | undefined;
    /** `true` if the last call failed. */
    hasFailed: boolean;
    reload: () => void;
}

/** Reads a value from the control API when the component is mounted, when an input changes, and when a change of the realm affects it.
 * The previous value remains until the next one is read. Changes during a call cause one more call, after it. */
export function useResource<T>(
    read: () => Promise<T>,
    isAffected: (change: Change) => boolean,
    inputs: readonly unknown[] = [],
): Resource<T> {
    const [value, setValue] = useState<T>();
    const [hasFailed, setHasFailed] = useState(false);
    const reload = useRef(() => {});
    useEffect(() => {
        let isCurrent = true;
        let isReading = false;
        let isStale = false;
        let isFirst = true;
        reload.current = async () => {
            isStale = true;
            if (isReading) return;
            isReading = true;
            while (isStale && isCurrent) {
                isStale = false;
                try {
                    const result = await read();
                    if (isCurrent) setValue(() => result);
                    if (isCurrent) setHasFailed(false);
                } catch (reason) {
                    if (isCurrent) fail(reason);
                }
                isFirst = false;
            }
            isReading = false;
        };
        function fail(reason: unknown): void {
            showError(reason);
            setHasFailed(true);
            if (isFirst) setValue(undefined);
        }

        reload.current();
        return () => void (isCurrent = false);
    }, inputs);
    useChanges((change) => isAffected(change) && reload.current(), inputs);
    return { value, hasFailed, reload: () => reload.current() };
}
