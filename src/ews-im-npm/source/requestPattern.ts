import type { JournalEntry } from './journalEntry';

/** Describes requests in the journal. A property that is not set matches every request. Case is ignored, except in `operation`. */
export interface RequestPattern {
    /** The EWS operation, such as `AddImGroup`. */
    operation?: string;
    /** The primary SMTP address of the mailbox. */
    mailbox?: string;
    /** A text that the request body contains. */
    contains?: string;
    /** The EWS response code, such as `NoError`. */
    responseCode?: string;
    /** The HTTP status of the response. */
    status?: number;
    /** `true` for requests that arrived before the end of a back-off that ErrorServerBusy requested; `false` for others. */
    isEarly?: boolean;
    /** The id of a request; only later requests match. */
    afterId?: number;
    /** A further condition. */
    where?: (entry: JournalEntry) => boolean;
}

/** Requests in the journal: a pattern, a condition, or an EWS operation such as `AddImGroup`. */
export type RequestSelector = RequestPattern | ((entry: JournalEntry) => boolean) | string;

const properties: (keyof RequestPattern)[] = ['operation', 'mailbox', 'contains', 'responseCode', 'status', 'isEarly', 'afterId', 'where'];

/** Returns the pattern of a selector. A selector that is not valid, which is possible without TypeScript, is a TypeError. */
export function patternOf(selector: RequestSelector): RequestPattern {
    if (typeof selector === 'string') return { operation: selector };
    if (typeof selector === 'function') return { where: selector };
    if (typeof selector !== 'object' || selector === null || Array.isArray(selector))
        throw new TypeError(`Requests are selected by a pattern, a condition or an operation, but not by '${selector}'.`);
    const unknown = Object.keys(selector).filter((key) => !(properties as string[]).includes(key));
    if (unknown.length > 0)
        throw new TypeError(`A pattern has no property '${unknown.join("', '")}'. Its properties are ${properties.join(', ')}.`);
    if (selector.where !== undefined && typeof selector.where !== 'function')
        throw new TypeError(`The property 'where' of a pattern must be a function, but is '${selector.where}'.`);
    return selector;
}

/** A condition of a pattern. */
interface Condition {
    /** The description for messages, which follows a noun. */
    description: string;
    /** Returns the difference of a request that does not meet the condition, as a sentence. */
    findDifference(request: JournalEntry): string | undefined;
}

/** Returns a noun, such as "2 requests", followed by the conditions of a pattern. */
export function describePattern(pattern: RequestPattern, noun: string): string {
    const descriptions = conditionsOf(pattern).map((condition) => condition.description);
    if (pattern.where) descriptions.push(`with the condition ${textOf(pattern.where)}`);
    return [noun, ...descriptions].join(' ');
}

/** Returns the differences between a request and a pattern, one sentence each; empty if the request matches. */
export function differencesOf(pattern: RequestPattern, request: JournalEntry): string[] {
    const differences = conditionsOf(pattern)
        .map((condition) => condition.findDifference(request))
        .filter((difference) => difference !== undefined);
    if (differences.length === 0 && pattern.where && !isMet(pattern.where, request))
        return [`The condition ${textOf(pattern.where)} is not met.`];
    return differences;
}

function isMet(condition: (request: JournalEntry) => boolean, request: JournalEntry): boolean {
    const result: unknown = condition(request);
    if (result instanceof Promise) throw new TypeError('The condition returns a promise. It must return true or false.');
    return Boolean(result);
}

/** Returns a condition in one line: its source, its name, or the first line of its source. */
function textOf(condition: (request: JournalEntry) => boolean): string {
    const [line, ...others] = `${condition}`.split('\n');
    if (others.length === 0) return line!;
    return condition.name && condition.name !== 'where' ? condition.name : `${line} …`;
}

function conditionsOf({ operation, mailbox, contains, responseCode, status, isEarly, afterId }: RequestPattern): Condition[] {
    const conditions: Condition[] = [];
    if (operation !== undefined) conditions.push(equal('for', 'operation', operation, (request) => request.operation));
    if (mailbox !== undefined) conditions.push(equal('to', 'mailbox', mailbox, (request) => request.mailbox, ignoreCase));
    if (contains !== undefined) {
        conditions.push({
            description: `with the text '${contains}' in the body`,
            findDifference: (request) =>
                ignoreCase(request.requestBody).includes(ignoreCase(contains)) ? undefined : `The body does not contain '${contains}'.`,
        });
    }
    if (responseCode !== undefined)
        conditions.push(equal('with', 'response code', responseCode, (request) => request.responseCode, ignoreCase));
    if (status !== undefined) conditions.push(equal('with', 'HTTP status', `${status}`, (request) => request.status?.toString() ?? null));
    if (isEarly !== undefined) conditions.push(early(isEarly));
    if (afterId !== undefined) {
        conditions.push({
            description: `after request #${afterId}`,
            findDifference: (request) => (request.id > afterId ? undefined : `It is not after request #${afterId}.`),
        });
    }
    return conditions;
}

function equal(
    preposition: string,
    name: string,
    expected: string,
    read: (request: JournalEntry) => string | null,
    normalize = (text: string) => text,
): Condition {
    return {
        description: `${preposition} the ${name} ${expected}`,
        findDifference: (request) => {
            const actual = read(request);
            if (actual === null) return `It has no ${name}; ${expected} is expected.`;
            return normalize(actual) === normalize(expected) ? undefined : `The ${name} is ${actual} instead of ${expected}.`;
        },
    };
}

function early(expected: boolean): Condition {
    const difference = expected ? 'It did not arrive before the end of a back-off.' : 'It arrived before the end of a back-off.';
    return {
        description: expected ? 'before the end of a back-off' : 'outside a back-off',
        findDifference: (request) => ((request.earlyByMilliseconds !== null) === expected ? undefined : difference),
    };
}

const ignoreCase = (text: string): string => text.toLowerCase();
