import { filter, setFilter } from './journal';

/** A filter of the requests without a successful response. */
export function ErrorFilter() {
    return (
        <label class="check" title="Requests that failed, and responses with another response code than NoError or a status of 400 or more">
            <input
                type="checkbox"
                checked={filter.value.has('errors')}
                onChange={(event) => setFilter('errors', event.currentTarget.checked ? 'true' : '')}
            />
            Errors only
        </label>
    );
}
