import { isConnected } from '../control/stream';
import { isPaused } from '../requests/journal';

/** The status of the stream of events. */
export function StreamStatus() {
    const state = !isConnected.value ? 'reconnecting' : isPaused.value ? 'paused' : 'live';
    const text = { live: 'Live', paused: 'Paused', reconnecting: 'Reconnecting…' }[state];
    return (
        <p role="status" class={`stream-status ${state}`}>
            {text}
        </p>
    );
}
