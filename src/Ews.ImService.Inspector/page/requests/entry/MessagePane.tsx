import type { JournalMessage } from '../../control/stream';
import type { Violation } from '../../xml/violation';
import { XmlView } from '../../xml/XmlView';
import { Headers } from './Headers';

interface Props {
    title: string;
    message: JournalMessage;
    bytes: number;
    isFormatted: boolean;
    /** The violation to mark in the body. */
    violation: Violation | null;
    remark?: string | undefined;
}

/** The headers and the body of a request or a response. */
export function MessagePane({ title, message, bytes, isFormatted, violation, remark }: Props) {
    return (
        <section class="message-pane" aria-label={title}>
            <h3>{title}</h3>
            <Headers headers={message.headers} />
            <div class="part-title">
                <h4>Body</h4>
                <span class="quiet">{bytes.toLocaleString('en')} bytes</span>
            </div>
            {remark && <p class="quiet">{remark}</p>}
            {message.isRedacted && <p class="quiet">Secrets were removed from the body.</p>}
            {message.bodyBase64 && <p class="quiet">The body is not valid UTF-8; this is its Base64 encoding.</p>}
            {bytes > 0 ? (
                <XmlView
                    label={`${title} body`}
                    body={message.body ?? message.bodyBase64 ?? ''}
                    format={isFormatted}
                    violation={violation}
                />
            ) : (
                <p class="quiet">Empty</p>
            )}
        </section>
    );
}
