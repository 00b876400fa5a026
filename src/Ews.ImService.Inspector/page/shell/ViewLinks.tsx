import { filter } from '../requests/journal';
import { hashOf } from '../state/route';
import { views, type View } from './views';

/** The links to the views. */
export function ViewLinks({ current }: { current: View }) {
    return (
        <nav class="view-links" aria-label="Views">
            {views.map((view) => (
                <a
                    key={view.path}
                    href={hashOf(view.path, [], view.path === 'requests' ? filter.value : undefined)}
                    aria-current={view === current ? 'page' : undefined}
                >
                    {view.title} {view.badge && <view.badge />}
                </a>
            ))}
        </nav>
    );
}
