import type { ControlClient } from './controlClient';
import { EwsImServerError } from './errors';
import type { FaultRule } from './faultRule';
import type { Schemas } from './schemas';

/** The fault rules of a realm. The first rule that matches a request is applied to it. */
export class EwsImFaults {
    /** @internal */
    constructor(private readonly control: ControlClient) {}

    /** Adds a rule after the others. A rule with the same id is replaced.
     * @param rule A rule of {@link Fault}, or the JSON of the control API.
     * @returns The id of the rule. */
    async add(rule: FaultRule | Schemas['FaultRule']): Promise<string> {
        const added = await this.control.send<Schemas['FaultRule']>('POST', 'faults', rule);
        return added.id!;
    }

    /** Returns the rules with their counters, in the order in which they are matched. */
    async getRules(): Promise<Schemas['FaultRule'][]> {
        return (await this.control.send<Schemas['FaultRuleList']>('GET', 'faults')).faults;
    }

    /** Returns the number of requests to which a rule was applied. */
    async getTriggeredCount(id: string): Promise<number> {
        const rule = (await this.getRules()).find((one) => one.id === id);
        if (rule?.triggered === undefined) throw new EwsImServerError(`The fault rule '${id}' does not exist.`);
        return rule.triggered;
    }

    /** Deletes a rule. */
    async delete(id: string): Promise<void> {
        await this.control.send('DELETE', `faults/${encodeURIComponent(id)}`);
    }

    /** Deletes all rules. */
    async clear(): Promise<void> {
        await this.control.send('DELETE', 'faults');
    }
}
