import type { MailboxGroup } from './model';

interface Props {
    groups: MailboxGroup[];
    value: string;
    /** The text of the option that stands for no group; without it, a group is selected. */
    none?: string;
    onSelect: (groupId: string) => void;
}

export function GroupSelect({ groups, value, none, onSelect }: Props) {
    return (
        <label>
            Group
            <select value={value} onChange={(event) => onSelect(event.currentTarget.value)}>
                {none && <option value="">{none}</option>}
                {groups.map((group) => (
                    <option key={group.id} value={group.id}>
                        {group.name}
                    </option>
                ))}
            </select>
        </label>
    );
}
