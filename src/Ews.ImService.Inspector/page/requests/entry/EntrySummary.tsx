import { useMemo } from 'preact/hooks';
import type { JournalEntry } from '../../control/stream';
import { hashOf } from '../../state/route';
import { isError, responseText } from '../entryText';
import { readFailure } from './failure';

/** The result of a request at a glance: the response code, the error message, and what the service did to the request. */
export function EntrySummary({ entry }: { entry: JournalEntry }) {
    const body = entry.response?.body;
    const failure = useMemo(() => (body?.startsWith('<') ? readFailure(new DOMParser().parseFromString(body, 'text/xml')) : null), [body]);
    return (
        <div class={isError(entry) ? 'entry-summary failure' : 'entry-summary'}>
            <p class="result">
                <strong>{failure?.responseCode || responseText(entry)}</strong>
                {failure && <span>{failure.messageText}</span>}
                {!failure && entry.state === 'failed' && <span>The request ended without a complete response.</span>}
            </p>
            <dl class="facts">
                <Fact name="Mailbox">{entry.mailbox && <a href={hashOf('mailbox', [entry.mailbox])}>{entry.mailbox}</a>}</Fact>
                <Fact name="Time (UTC)">{entry.time.replace('T', ' ').replace('Z', '')}</Fact>
                <Fact name="Duration">{entry.milliseconds !== null && `${entry.milliseconds} ms`}</Fact>
                <Fact name="HTTP status">{entry.status}</Fact>
                <Fact name="Fault rule">{entry.fault}</Fact>
                <Fact name="Back-off requested">{failure?.backOffMilliseconds != null && `${failure.backOffMilliseconds} ms`}</Fact>
                <Fact name="Early">
                    {entry.earlyByMilliseconds !== null &&
                        `${Math.round(entry.earlyByMilliseconds)} ms before the end of a back-off that the service requested`}
                </Fact>
            </dl>
        </div>
    );
}

/** A property of the request; nothing if it has no value. */
function Fact({ name, children }: { name: string; children: preact.ComponentChildren }) {
    if (children === null || children === undefined || children === false || children === '') return null;
    return (
        <div>
            <dt>{name}</dt>
            <dd>{children}</dd>
        </div>
    );
}
