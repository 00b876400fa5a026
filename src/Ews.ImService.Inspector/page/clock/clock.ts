import { call, type Contract } from '../control/call';

export type ClockState = Contract['ClockState'];

export function readClock(): Promise<ClockState> {
    return call('GET', 'clock');
}

/** Freezes the clock at a time, or at its current time. */
export function freezeClock(at?: string): Promise<ClockState> {
    return call('PUT', 'clock', { body: { at } });
}

/** Moves the clock. It continues to run, unless it is frozen. */
export function advanceClock(milliseconds: number): Promise<ClockState> {
    return call('POST', 'clock/advance', { body: { milliseconds } });
}

/** Resumes the clock at the current system time. */
export function releaseClock(): Promise<ClockState> {
    return call('DELETE', 'clock');
}
