/** The filters of the journal, which are parameters of the control API and of the location of the page. */
export const filterNames = ['operation', 'mailbox', 'responseCode', 'status', 'state', 'early', 'faulted', 'fault', 'contains'] as const;

export type FilterName = (typeof filterNames)[number];

/** Returns the filters in a query. */
export function filterOf(query: URLSearchParams): URLSearchParams {
    return new URLSearchParams([...query].filter(([name, value]) => value && filterNames.some((known) => known === name)));
}

/** Returns a query with other values of filters. An empty value removes a filter. */
export function withFilters(query: URLSearchParams, values: Partial<Record<FilterName, string>>): URLSearchParams {
    const result = new URLSearchParams(query);
    for (const [name, value] of Object.entries(values)) {
        if (value) result.set(name, value);
        else result.delete(name);
    }
    return result;
}
