import type { ComponentType } from 'preact';
import { ClockBadge } from '../clock/ClockBadge';
import { ClockView } from '../clock/ClockView';
import { FaultsBadge } from '../faults/FaultsBadge';
import { FaultsView } from '../faults/FaultsView';
import { MailboxView } from '../mailbox/MailboxView';
import { RequestsView } from '../requests/RequestsView';
import { ResetButton } from '../reset/ResetButton';
import { ServerView } from '../server/ServerView';
import { SnapshotsView } from '../snapshots/SnapshotsView';

/** A view of the main area. `path` is the first part of its location, such as `#/requests`. */
export interface View {
    path: string;
    title: string;
    component: ComponentType;
    /** The state that the link to the view shows. */
    badge?: ComponentType;
}

/** The views in the order of their links; the first is the default. */
export const views: [View, ...View[]] = [
    { path: 'requests', title: 'Requests', component: RequestsView },
    { path: 'mailbox', title: 'Mailbox', component: MailboxView },
    { path: 'faults', title: 'Faults', component: FaultsView, badge: FaultsBadge },
    { path: 'snapshots', title: 'Snapshots', component: SnapshotsView },
    { path: 'clock', title: 'Clock', component: ClockView, badge: ClockBadge },
    { path: 'server', title: 'Server', component: ServerView },
];

/** Buttons at the end of the header. */
export const headerActions: ComponentType[] = [ResetButton];
