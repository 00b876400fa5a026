import { useState } from 'preact/hooks';
import { enterToken, readToken } from '../control/token';
import { Dialog } from '../ui/Dialog';

/** The dialog that asks for the token of the control API. It stays open until one is entered. */
export function SignIn() {
    const [token, setToken] = useState('');

    function submit(event: Event): void {
        event.preventDefault();
        enterToken(token);
    }

    return (
        <Dialog title="Sign in" onClose={() => {}}>
            <form onSubmit={submit} class="fields">
                <p>{readToken() ? 'The service rejected the token.' : 'The service requires the token of its setting Control:Token.'}</p>
                <label>
                    Token
                    <input
                        type="password"
                        required
                        autocomplete="current-password"
                        value={token}
                        onInput={(e) => setToken(e.currentTarget.value)}
                    />
                </label>
                <div class="buttons">
                    <button class="primary">Sign in</button>
                </div>
            </form>
        </Dialog>
    );
}
