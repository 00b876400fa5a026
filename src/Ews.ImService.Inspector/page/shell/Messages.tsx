import { error, message } from '../state/messages';

/** The latest message and the latest error, in live regions. */
export function Messages() {
    return (
        <div class="messages">
            <div aria-live="polite">{message.value && <p class="message">{message}</p>}</div>
            <div role="alert">
                {error.value && (
                    <p class="message error">
                        <span>{error}</span>
                        <button type="button" onClick={() => (error.value = '')}>
                            Dismiss
                        </button>
                    </p>
                )}
            </div>
        </div>
    );
}
