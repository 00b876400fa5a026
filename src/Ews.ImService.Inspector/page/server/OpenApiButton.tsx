import { call } from '../control/call';
import { attempt } from '../state/messages';
import { download } from '../ui/download';

/** The button that saves the OpenAPI document of the control API. A link would not send the token. */
export function OpenApiButton() {
    const save = () =>
        attempt(async () => {
            const document = await call<unknown>('GET', 'openapi.json');
            download('openapi.json', `${JSON.stringify(document, null, 2)}\n`, 'application/json');
        });
    return (
        <button type="button" onClick={save}>
            Download OpenAPI document
        </button>
    );
}
