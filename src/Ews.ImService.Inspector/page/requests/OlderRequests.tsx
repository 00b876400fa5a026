import { useEffect, useState } from 'preact/hooks';
import { attempt } from '../state/messages';
import { loadOlder } from './journal';

/** The button that reads older requests. They are read without it when the end of the list is near. */
export function OlderRequests({ older, isNear }: { older: number; isNear: boolean }) {
    const [isReading, setIsReading] = useState(false);
    const [hasFailed, setHasFailed] = useState(false);

    async function read(): Promise<void> {
        setIsReading(true);
        setHasFailed(!(await attempt(loadOlder)));
        setIsReading(false);
    }

    useEffect(() => {
        if (isNear && older > 0 && !isReading && !hasFailed) void read();
    }, [isNear, older, isReading, hasFailed]);

    if (older === 0) return null;
    return (
        <div class="older">
            <button type="button" disabled={isReading} onClick={read}>
                Older requests
            </button>
            <span>{older} more</span>
        </div>
    );
}
