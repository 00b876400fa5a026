import { useId, useState } from 'preact/hooks';

/** Shorter texts fit into three lines of most windows. */
const longLength = 300;

/** The message of a response. A long one is cut after three lines until the user shows all of it. */
export function MessageText({ text }: { text: string }) {
    const id = useId();
    const [isExpanded, setIsExpanded] = useState(false);
    if (text.length < longLength) return <span>{text}</span>;
    return (
        <>
            <span id={id} class={isExpanded ? '' : 'clamped'}>
                {text}
            </span>
            <button type="button" aria-expanded={isExpanded} aria-controls={id} onClick={() => setIsExpanded(!isExpanded)}>
                {isExpanded ? 'Show less' : 'Show all'}
            </button>
        </>
    );
}
