import { useState } from 'preact/hooks';
import { enterToken, readToken } from '../control/token';
import { Dialog } from '../ui/Dialog';

/** The dialog that asks for the token of the control API. If it is closed, it opens again until a token is entered. */
export function SignIn() {
    const [token, setToken] = useState('');
    const [closings, setClosings] = useState(0);

    function submit(event: Event): void {
        event.preventDefault();
        enterToken(token);
    }

    return (
        <Dialog key={closings} title="Sign in" onClose={() => setClosings(closings + 1)}>
            <form onSubmit={submit} class="fields">
                <p>{readToken() ? 'The service rejected the token.' : 'The service requires the token of its setting Control:Token.'}</p>
                <label>
                    Token
                    <input
                        type="password"
                        required
                        pattern="[ -~]+"
                        title="Printable ASCII characters"
                        autocomplete="off"
                        value={token}
                        onInput={(event) => setToken(event.currentTarget.value)}
                    />
                </label>
                <div class="buttons">
                    <button class="primary">Sign in</button>
                </div>
            </form>
        </Dialog>
    );
}
