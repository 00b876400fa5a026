import type { ComponentType } from 'preact';
import { RequestsView } from '../requests/RequestsView';

/** A view of the main area. `path` is the first part of its location, such as `#/requests`. */
export interface View {
    path: string;
    title: string;
    component: ComponentType;
}

/** The views in the order of their links; the first is the default. */
export const views: [View, ...View[]] = [{ path: 'requests', title: 'Requests', component: RequestsView }];

/** Buttons at the end of the header. */
export const headerActions: ComponentType[] = [];
