import { useId, useState } from 'preact/hooks';
import { getGroupId } from '../ews/groups';
import { count } from '../ui/count';
import { AddContact } from './AddContact';
import { ContactList } from './ContactList';
import { Ids } from './Ids';
import { isSystemGroup, type MailboxContact, type MailboxGroup } from './model';
import { RemoveGroup } from './RemoveGroup';
import { RenameGroup } from './RenameGroup';

interface Props {
    mailbox: string;
    group: MailboxGroup;
    groups: MailboxGroup[];
    openKey: string | undefined;
    onOpen: (contact: MailboxContact, isEntered: boolean) => void;
    onChanged: () => void;
}

/** A group with its members in order. */
export function GroupCard({ mailbox, group, groups, openKey, onOpen, onChanged }: Props) {
    const members = useId();
    const [isOpen, setIsOpen] = useState(true);
    const [showsIds, setShowsIds] = useState(false);
    const [dialog, setDialog] = useState<'rename' | 'remove' | 'add'>();

    return (
        <div class="group-card" role="group" aria-label={group.name}>
            <div class="group-title">
                <h3>
                    <button type="button" class="quiet" aria-expanded={isOpen} aria-controls={members} onClick={() => setIsOpen(!isOpen)}>
                        {group.name}
                    </button>
                </h3>
                <span class="badge">{group.type}</span>
                <span class="quiet">{[group.smtpAddress, count(group.members.length, 'member')].filter(Boolean).join(' · ')}</span>
                <div class="buttons small">
                    {!isSystemGroup(group) && (
                        <>
                            <button type="button" onClick={() => setDialog('rename')}>
                                Rename
                            </button>
                            <button type="button" onClick={() => setDialog('remove')}>
                                Remove…
                            </button>
                        </>
                    )}
                    <button type="button" onClick={() => setDialog('add')}>
                        Add contact
                    </button>
                    <button type="button" aria-expanded={showsIds} onClick={() => setShowsIds(!showsIds)}>
                        Show ids
                    </button>
                </div>
            </div>
            {showsIds && <Ids mailbox={mailbox} read={() => getGroupId(mailbox, group.id)} input={group.id} />}
            <div id={members} hidden={!isOpen}>
                {isOpen && group.members.length > 0 && (
                    <ContactList label={`Members of ${group.name}`} contacts={group.members} openKey={openKey} onOpen={onOpen} />
                )}
            </div>
            {dialog === 'rename' && (
                <RenameGroup mailbox={mailbox} group={group} onRenamed={onChanged} onClose={() => setDialog(undefined)} />
            )}
            {dialog === 'remove' && (
                <RemoveGroup mailbox={mailbox} group={group} onRemoved={onChanged} onClose={() => setDialog(undefined)} />
            )}
            {dialog === 'add' && (
                <AddContact mailbox={mailbox} groups={groups} groupId={group.id} onAdded={onChanged} onClose={() => setDialog(undefined)} />
            )}
        </div>
    );
}
