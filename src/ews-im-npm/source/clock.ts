import type { ControlClient } from './controlClient';
import type { Schemas } from './schemas';

/** The clock of a realm, which determines the times of its items, subscriptions and journal. */
export class EwsImClock {
    /** @internal */
    constructor(private readonly control: ControlClient) {}

    /** Returns the current time of the realm. */
    async getNow(): Promise<Date> {
        return timeOf(await this.control.send('GET', 'clock'));
    }

    /** Freezes the clock.
     * @param at The time at which it is frozen; the default is the current time of the realm.
     * @returns The time of the frozen clock. */
    async freeze(at?: Date): Promise<Date> {
        return timeOf(await this.control.send('PUT', 'clock', { at: at?.toISOString() }));
    }

    /** Moves the running or frozen clock.
     * @param milliseconds The distance; a negative value moves the clock back.
     * @returns The new time. */
    async advance(milliseconds: number): Promise<Date> {
        return timeOf(await this.control.send('POST', 'clock/advance', { milliseconds }));
    }

    /** Resumes the clock at the current time of the system. */
    async reset(): Promise<void> {
        await this.control.send('DELETE', 'clock');
    }
}

const timeOf = (state: Schemas['ClockState']): Date => new Date(state.now);
