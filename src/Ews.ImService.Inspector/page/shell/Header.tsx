import { ewsUrl } from '../control/realm';
import { CopyButton } from '../ui/CopyButton';
import { SkipButton } from './SkipButton';
import { StreamStatus } from './StreamStatus';
import { headerActions, type View } from './views';

/** The header: the URL for EWS clients, the status of the connection, and actions on the realm. */
export function Header({ view }: { view: View }) {
    return (
        <header class="header">
            <SkipButton isRequests={view.path === 'requests'} />
            <h1>Ews.ImService</h1>
            <p class="ews-url">
                <span class="label">EWS URL</span>
                <code>{ewsUrl()}</code>
                <CopyButton label="Copy EWS URL" shortLabel="Copy" text={ewsUrl} />
            </p>
            <StreamStatus />
            {headerActions.map((Action) => (
                <Action key={Action.name} />
            ))}
        </header>
    );
}
