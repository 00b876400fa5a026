import { signal } from '@preact/signals';

/** `true` if headers are shown, which applies to all entries. */
const isExpanded = signal(false);

/** The headers of a message, which can be collapsed. */
export function Headers({ headers }: { headers: Record<string, string> }) {
    const rows = Object.entries(headers);
    return (
        <>
            <div class="part-title">
                <h4>
                    <button
                        type="button"
                        class="disclosure"
                        aria-expanded={isExpanded}
                        onClick={() => (isExpanded.value = !isExpanded.value)}
                    >
                        Headers
                    </button>
                </h4>
                <span class="quiet">{rows.length}</span>
            </div>
            {isExpanded.value && (
                <dl class="headers">
                    {rows.map(([name, value]) => (
                        <div key={name}>
                            <dt>{name}</dt>
                            <dd>{value}</dd>
                        </div>
                    ))}
                </dl>
            )}
        </>
    );
}
