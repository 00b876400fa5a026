import { CopyButton } from '../ui/CopyButton';

/** Ids in one line each, with buttons that copy them. */
export function IdList({ ids }: { ids: Record<string, string> }) {
    return (
        <dl class="ids">
            {Object.entries(ids).map(([name, value]) => (
                <div key={name}>
                    <dt>{name}</dt>
                    <dd>
                        <code title={value}>{value}</code>
                        <CopyButton label={`Copy ${name.toLowerCase()}`} text={() => value} />
                    </dd>
                </div>
            ))}
        </dl>
    );
}
