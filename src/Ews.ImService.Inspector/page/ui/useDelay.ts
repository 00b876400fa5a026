import { useEffect, useMemo } from 'preact/hooks';

/** Returns an object that runs an action after a delay. Another action replaces one that has not run yet. */
export function useDelay(milliseconds: number): { run: (action: () => void) => void; cancel: () => void } {
    const delay = useMemo(() => {
        let timer: ReturnType<typeof setTimeout> | undefined;
        const cancel = () => clearTimeout(timer);
        const run = (action: () => void) => {
            cancel();
            timer = setTimeout(action, milliseconds);
        };
        return { run, cancel };
    }, [milliseconds]);
    useEffect(() => delay.cancel, [delay]);
    return delay;
}
