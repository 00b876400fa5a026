import { performance } from 'node:perf_hooks';
import * as timers from 'node:timers';

// The functions of the system, taken when the package is loaded: fake timers of a test replace them later.
const { setTimeout, clearTimeout } = timers;
const readClock = performance.now.bind(performance);

/** Returns the number of milliseconds since an arbitrary time. It never decreases. */
export const now = (): number => readClock();

/** Waits.
 * @param milliseconds The time to wait. */
export const delay = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Runs an action when a time has passed.
 * @param milliseconds The time.
 * @param action The action.
 * @returns A function that cancels it. */
export function schedule(milliseconds: number, action: () => void): () => void {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
}
