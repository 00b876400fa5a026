import { useId, useState } from 'preact/hooks';
import type { Setting } from './server';

/** The settings in force. */
export function SettingTable({ settings }: { settings: Setting[] }) {
    const heading = useId();
    const [search, setSearch] = useState('');
    const [isOnlyChanged, setIsOnlyChanged] = useState(false);
    const text = search.trim().toLowerCase();
    const found = settings.filter(
        ({ key, value, isDefault }) => !(isOnlyChanged && isDefault) && `${key}\n${value}`.toLowerCase().includes(text),
    );
    return (
        <section aria-labelledby={heading}>
            <h2 id={heading}>Settings</h2>
            <div class="fields">
                <label>
                    Search settings
                    <input type="search" value={search} onInput={(event) => setSearch(event.currentTarget.value)} />
                </label>
                <label class="check">
                    <input type="checkbox" checked={isOnlyChanged} onChange={(event) => setIsOnlyChanged(event.currentTarget.checked)} />
                    Only changed
                </label>
            </div>
            {found.length === 0 ? (
                <p class="empty">No setting matches.</p>
            ) : (
                <div class="table-box settings" tabIndex={0} role="group" aria-labelledby={heading}>
                    <table aria-labelledby={heading}>
                        <thead>
                            <tr>
                                <th scope="col">Setting</th>
                                <th scope="col">Value</th>
                                <th scope="col">Source</th>
                            </tr>
                        </thead>
                        <tbody>
                            {found.map(({ key, value, isDefault }) => (
                                <tr key={key} class={isDefault ? undefined : 'changed'}>
                                    <th scope="row">{key}</th>
                                    <td class="setting-value">{value}</td>
                                    <td>{isDefault ? 'default' : 'changed'}</td>
                                </tr>
                            ))}
                        </tbody>
                    </table>
                </div>
            )}
        </section>
    );
}
