import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useResource } from '../control/useResource';
import { emptyLog, readFurther } from './log';

/** The newest lines of the log, which follow the service until they are paused. */
export function LogTail() {
    const heading = useId();
    const box = useRef<HTMLPreElement>(null);
    const known = useRef(emptyLog);
    const paused = useRef(false);
    const [isPaused, setIsPaused] = useState(false);

    const { value: log, reload } = useResource(
        async () => (known.current = await readFurther(known.current)),
        (change) => !paused.current && change.parts.includes('log'),
    );

    useLayoutEffect(() => {
        if (!paused.current) box.current?.scrollTo({ top: box.current.scrollHeight });
    }, [log]);

    function pause(isWanted: boolean): void {
        paused.current = isWanted;
        setIsPaused(isWanted);
        if (!isWanted) reload();
    }

    return (
        <section aria-labelledby={heading}>
            <div class="view-title">
                <h2 id={heading}>Log</h2>
                <button type="button" onClick={() => pause(!isPaused)}>
                    {isPaused ? 'Follow the log' : 'Pause the log'}
                </button>
            </div>
            {log?.lines.length === 0 && <p class="empty">The log has no lines.</p>}
            <pre ref={box} class="log" tabIndex={0} role="group" aria-labelledby={heading} hidden={!log?.lines.length}>
                {log?.lines.map(({ id, text }) => (
                    <span key={id}>{`${text}\n`}</span>
                ))}
            </pre>
        </section>
    );
}
