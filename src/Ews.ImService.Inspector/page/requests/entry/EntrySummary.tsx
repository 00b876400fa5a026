import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { JournalEntry } from '../../control/stream';
import { hashOf } from '../../state/route';
import type { Violation } from '../../xml/violation';
import { isError, responseText } from '../entryText';
import { filter } from '../journal';
import { readFailure } from './failure';
import { MessageText } from './MessageText';

interface Props {
    entry: JournalEntry;
    /** A violation whose position in the body as it is shown is unknown. */
    violation: Violation | null;
}

/** The result of a request at a glance: the response code, the error message, and the facts about the request. */
export function EntrySummary({ entry, violation }: Props) {
    const body = entry.response?.body;
    const failure = useMemo(() => (body ? readFailure(body) : null), [body]);
    const backOff = failure?.backOffMilliseconds ?? null;
    return (
        <div class={isError(entry) ? 'entry-summary failure' : 'entry-summary'}>
            <p class="result">
                <strong>{failure?.responseCode || responseText(entry)}</strong>{' '}
                <MessageText key={entry.id} text={failure?.messageText ?? explain(entry)} />
            </p>
            <dl class="facts">
                <Fact name="Mailbox">{entry.mailbox && <a href={hashOf('mailbox', [entry.mailbox])}>{entry.mailbox}</a>}</Fact>
                <Fact name="Time (UTC)">{entry.time.replace('T', ' ').replace('Z', '')}</Fact>
                <Fact name="Duration">{entry.milliseconds !== null && `${entry.milliseconds} ms`}</Fact>
                <Fact name="HTTP status">{entry.status}</Fact>
                <Fact name="Fault rule">
                    {entry.fault && (
                        <>
                            <a href={hashOf('faults')}>{entry.fault}</a>
                            {entry.faultKind && ` (${entry.faultKind})`}
                        </>
                    )}
                </Fact>
                <Fact name="Back-off requested">{backOff !== null && `${backOff} ms`}</Fact>
                <Fact name="Early">{early(entry)}</Fact>
                <Fact name="Replay of">
                    {entry.replayOf && <a href={hashOf('requests', [entry.replayOf], filter.value)}>#{entry.replayOf}</a>}
                </Fact>
                <Fact name="Violation">
                    {violation && `line ${violation.line}, position ${violation.position} of the request before secrets were removed`}
                </Fact>
            </dl>
        </div>
    );
}

function explain(entry: JournalEntry): string {
    if (entry.state === 'arrived') return 'The response is not complete.';
    if (entry.state === 'failed') return 'The connection was closed before the response was complete.';
    return '';
}

function early({ earlyByMilliseconds }: JournalEntry): string | null {
    return earlyByMilliseconds === null
        ? null
        : `${Math.round(earlyByMilliseconds)} ms before the end of a back-off that the service requested`;
}

/** A property of the request; nothing if it has no value. */
function Fact({ name, children }: { name: string; children?: ComponentChildren }) {
    if (children === null || children === undefined || children === false || children === '') return null;
    return (
        <div>
            <dt>{name}</dt>
            <dd>{children}</dd>
        </div>
    );
}
