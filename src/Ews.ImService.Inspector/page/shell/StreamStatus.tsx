import { streamState } from '../control/stream';
import { isPaused } from '../requests/journal';

/** The status of the stream of events. */
export function StreamStatus() {
    const state = streamState.value === 'live' && isPaused.value ? 'paused' : streamState.value;
    const text = { live: 'Live', paused: 'Paused', reconnecting: 'Reconnecting…', waiting: 'Waiting', stopped: 'Stopped' }[state];
    return (
        <p role="status" class={`stream-status ${state}`}>
            {text}
        </p>
    );
}
