import { affectsMailbox } from '../control/changes';
import { useResource } from '../control/useResource';
import type { StoreId } from '../ews/storeId';
import { IdList } from './IdList';

interface Props {
    mailbox: string;
    read: () => Promise<StoreId>;
    /** The object of which `read` returns the id. */
    input: string;
}

/** The id and the change key of an object as EWS returns them. */
export function Ids({ mailbox, read, input }: Props) {
    const { value } = useResource(read, (change) => affectsMailbox(change, mailbox), [mailbox, input]);
    return value ? <IdList ids={{ Id: value.id, 'Change key': value.changeKey }} /> : <p class="quiet">Loading…</p>;
}
