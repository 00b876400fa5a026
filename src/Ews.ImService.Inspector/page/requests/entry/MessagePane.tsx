import type { JournalMessage } from '../../control/stream';

interface Props {
    title: string;
    message: JournalMessage;
    bytes: number;
}

/** The headers and the body of a request or a response. */
export function MessagePane({ title, message, bytes }: Props) {
    return (
        <section class="message-pane" aria-label={title}>
            <h3>{title}</h3>
            <h4>Headers</h4>
            <dl class="headers">
                {Object.entries(message.headers).map(([name, value]) => (
                    <div key={name}>
                        <dt>{name}</dt>
                        <dd>{value}</dd>
                    </div>
                ))}
            </dl>
            <h4>Body</h4>
            <p class="quiet">{bytes.toLocaleString('en')} bytes</p>
            <pre>{message.body ?? message.bodyBase64 ?? ''}</pre>
        </section>
    );
}
