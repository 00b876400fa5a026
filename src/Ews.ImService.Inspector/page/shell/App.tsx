import { useEffect } from 'preact/hooks';
import { isTokenRequired } from '../control/token';
import { isRealmMissing, realmOf } from '../control/realm';
import { filter } from '../requests/journal';
import { SeedImport } from '../seeds/SeedImport';
import { error } from '../state/messages';
import { hashOf, replace, route } from '../state/route';
import { Header } from './Header';
import { Messages } from './Messages';
import { MissingRealm } from './MissingRealm';
import { Sidebar } from './Sidebar';
import { SignIn } from './SignIn';
import { StreamNotice } from './StreamNotice';
import { ViewLinks } from './ViewLinks';
import { views } from './views';

/** The page: the header, the sidebar, and the current view. */
export function App() {
    const known = views.find((candidate) => candidate.path === route.value.view);
    const view = known ?? views[0];
    const CurrentView = view.component;
    useEffect(() => {
        document.title = [view.title, realmOf(location.pathname), 'Ews.ImService'].filter(Boolean).join(' · ');
    }, [view]);
    useEffect(() => {
        if (!known && route.value.view) replace(hashOf(view.path, [], filter.value));
    }, [route.value]);
    useEffect(() => void (error.value = ''), [route.value, isRealmMissing.value]);
    return (
        <>
            {isRealmMissing.value ? (
                <MissingRealm />
            ) : (
                <>
                    <Header view={view} />
                    <div class="columns">
                        <Sidebar />
                        <div class="content">
                            <StreamNotice />
                            <ViewLinks current={view} />
                            <main aria-label={view.title} tabIndex={-1}>
                                <CurrentView />
                            </main>
                        </div>
                    </div>
                    <SeedImport />
                </>
            )}
            <Messages />
            {isTokenRequired() && <SignIn />}
        </>
    );
}
