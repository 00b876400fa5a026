/** The filters of the journal in the location of the page, with the values that the service accepts. */
const filters = {
    operation: /^/,
    mailbox: /^/,
    responseCode: /^/,
    status: /^\d{1,3}$/,
    state: /^(arrived|answered|failed)$/,
    errors: /^true$/,
    early: /^(true|false)$/,
    faulted: /^(true|false)$/,
    fault: /^/,
    contains: /^/,
};

export type FilterName = keyof typeof filters;

/** The maximum length of a value, so that the service accepts the URL. */
export const maxFilterLength = 250;

export const filterNames = Object.keys(filters) as FilterName[];

/** Returns `true` if a value can be applied. */
export function isAllowed(name: FilterName, value: string): boolean {
    return value.length <= maxFilterLength && filters[name].test(value);
}

/** Returns the filters in a query. Values that the service would reject are ignored. */
export function filterOf(query: URLSearchParams): URLSearchParams {
    const given = filterNames.map((name): [FilterName, string] => [name, query.get(name) ?? '']);
    return new URLSearchParams(given.filter(([name, value]) => value && isAllowed(name, value)));
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

/** Returns the parameters of the control API for filters. A part of the name of an operation is enough. */
export function parametersOf(filter: URLSearchParams): Record<string, string> {
    return Object.fromEntries([...filter].map(([name, value]) => [name === 'operation' ? 'operationContains' : name, value]));
}
