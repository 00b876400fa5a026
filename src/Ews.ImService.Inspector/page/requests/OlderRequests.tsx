import { useEffect, useState } from 'preact/hooks';
import { attempt } from '../state/messages';
import { useKeptFocus } from '../ui/useKeptFocus';
import { loadOlder } from './journal';
import { missingReason } from './journalText';

interface Props {
    /** The number of older requests in the journal. */
    older: number;
    /** The requests that the journal does not contain any more. */
    missing: string;
    isNear: boolean;
}

/** The button that reads older requests. They are read without it when the end of the list is near. */
export function OlderRequests({ older, missing, isNear }: Props) {
    const [isReading, setIsReading] = useState(false);
    const [hasFailed, setHasFailed] = useState(false);
    const container = useKeptFocus<HTMLDivElement>();

    async function read(): Promise<void> {
        if (isReading) return; // The button is not disabled in the meantime, because it would lose the focus.
        setIsReading(true);
        setHasFailed(!(await attempt(loadOlder)));
        setIsReading(false);
    }

    useEffect(() => {
        if (isNear && older > 0 && !isReading && !hasFailed) void read();
    }, [isNear, older, isReading, hasFailed]);

    return (
        <div class="older" ref={container} tabIndex={-1}>
            {older > 0 && (
                <>
                    <button type="button" aria-busy={isReading} onClick={read}>
                        Older requests
                    </button>
                    <span>{older.toLocaleString('en')} more</span>
                </>
            )}
            {older === 0 && missing && <span title={missingReason}>{missing}</span>}
        </div>
    );
}
