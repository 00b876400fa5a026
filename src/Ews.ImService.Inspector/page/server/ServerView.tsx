import { everything } from '../control/changes';
import { useResource } from '../control/useResource';
import { CopyButton } from '../ui/CopyButton';
import { formatTime } from '../ui/time';
import { LogTail } from './LogTail';
import { OpenApiButton } from './OpenApiButton';
import { readServer } from './server';
import './server.css';
import { SettingTable } from './SettingTable';

/** The version, URLs, settings and log of the service. */
export function ServerView() {
    const { value: server } = useResource(readServer, (change) => change === everything);
    if (!server) return <p class="quiet">Loading…</p>;
    return (
        <div class="view">
            <section>
                <h2>Service</h2>
                <dl class="service-facts">
                    <dt>Version</dt>
                    <dd>{server.version}</dd>
                    <dt>Started (UTC)</dt>
                    <dd>{formatTime(server.startedAt)}</dd>
                    <dt>EWS URL</dt>
                    <dd>
                        <code>{server.ewsUrl}</code> <CopyButton label="Copy URL" text={() => server.ewsUrl} />
                    </dd>
                    <dt>Control API</dt>
                    <dd>
                        <code>{new URL('_control/v1', document.baseURI).href}</code> <OpenApiButton />
                    </dd>
                    <dt>Database</dt>
                    <dd>
                        <code>{server.database}</code>
                    </dd>
                    {server.instance && (
                        <>
                            <dt>Instance</dt>
                            <dd>
                                <code>{server.instance}</code>
                            </dd>
                        </>
                    )}
                </dl>
                {server.warnings.length > 0 && (
                    <ul class="warnings" aria-label="Warnings">
                        {server.warnings.map((warning) => (
                            <li key={warning}>{warning}</li>
                        ))}
                    </ul>
                )}
            </section>
            <LogTail />
            <SettingTable settings={server.settings} />
        </div>
    );
}
