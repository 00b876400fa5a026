import { streamState } from '../control/stream';

/** The reason for which the page is not updated. */
export function StreamNotice() {
    if (streamState.value !== 'waiting') return null;
    return (
        <p class="stream-notice">
            This page is not updated: other visible pages of this service use the connections of the browser. It is updated as soon as you
            close or hide one of them.
        </p>
    );
}
