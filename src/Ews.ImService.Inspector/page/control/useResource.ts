import { useEffect, useRef, useState } from 'preact/hooks';
import { showError } from '../state/messages';
import { useChanges, type Change } from './changes';

/** Reads a value from the control API when the component is mounted, when an input changes, and when a change of the realm affects it.
 * Returns `undefined` until it is read. Changes during a call cause one more call, after it. */
export function useResource<T>(
    read: () => Promise<T>,
    isAffected: (change: Change) => boolean,
    inputs: readonly unknown[] = [],
): { value: T | undefined; reload: () => void } {
    const [value, setValue] = useState<T>();
    const reload = useRef(() => {});
    useEffect(() => {
        let isCurrent = true;
        let isReading = false;
        let isStale = false;
        reload.current = async () => {
            isStale = true;
            if (isReading) return;
            isReading = true;
            while (isStale && isCurrent) {
                isStale = false;
                try {
                    const result = await read();
                    if (isCurrent) setValue(() => result);
                } catch (reason) {
                    if (isCurrent) showError(reason);
                }
            }
            isReading = false;
        };
        setValue(undefined);
        reload.current();
        return () => void (isCurrent = false);
    }, inputs);
    useChanges((change) => isAffected(change) && reload.current(), inputs);
    return { value, reload: () => reload.current() };
}
