import { ErrorFilter } from './ErrorFilter';
import { FaultFilter } from './FaultFilter';
import { filter, setFilters } from './journal';
import { filterNames } from './requestFilter';
import { SearchBox } from './SearchBox';
import { SelectFilter } from './SelectFilter';
import { TextFilter } from './TextFilter';

/** The filters of the list, which the service applies. */
export function Filters() {
    return (
        <form role="search" class="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
            <SearchBox />
            <TextFilter label="Operation" name="operation" />
            <TextFilter label="Mailbox" name="mailbox" />
            <TextFilter label="Response code" name="responseCode" />
            <TextFilter label="Status" name="status" rule="A number such as 500" />
            <ErrorFilter />
            <SelectFilter label="State" name="state" options={{ '': 'Any', arrived: 'Arrived', answered: 'Answered', failed: 'Failed' }} />
            <SelectFilter label="Early" name="early" options={{ '': 'Any', true: 'Before the back-off ended', false: 'Not early' }} />
            <FaultFilter />
            {filter.value.size > 0 && (
                <button type="button" onClick={() => setFilters(Object.fromEntries(filterNames.map((name) => [name, ''])))}>
                    Remove filters
                </button>
            )}
        </form>
    );
}
