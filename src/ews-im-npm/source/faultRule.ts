import type { Schemas } from './schemas';

/** A fault rule: the requests that it matches, and its effect. The functions of {@link Fault} create rules; the methods return copies. */
export class FaultRule {
    /** @internal */
    constructor(private readonly content: Schemas['FaultRule']) {}

    /** Limits the rule to an EWS operation, such as `AddImGroup`. */
    onOperation(operation: string): FaultRule {
        return this.with({ operation });
    }

    /** Limits the rule to the mailbox with this primary SMTP address. */
    onMailbox(mailbox: string): FaultRule {
        return this.with({ mailbox });
    }

    /** Applies the rule from the nth matching request on, counted from 1. */
    fromNth(nth: number): FaultRule {
        return this.with({ nth });
    }

    /** Applies the rule to at most this number of requests. */
    atMost(times: number): FaultRule {
        return this.with({ times });
    }

    /** Applies the rule to one request. */
    once(): FaultRule {
        return this.atMost(1);
    }

    /** Applies the rule at random.
     * @param probability The probability, from 0 to 1.
     * @param seed The seed of the random numbers; the same seed selects the same requests on each run. */
    withProbability(probability: number, seed = 0): FaultRule {
        return this.with({ probability, seed });
    }

    /** Delays the response in addition, for every kind except `delay`. */
    withDelay(delayMilliseconds: number): FaultRule {
        return this.with({ delayMilliseconds });
    }

    /** Returns the rule as the control API reads it. */
    toJSON(): Schemas['FaultRule'] {
        return this.content;
    }

    private with(change: Partial<Schemas['FaultRule']>): FaultRule {
        return new FaultRule({ ...this.content, ...change });
    }
}
