import { useResource } from '../control/useResource';
import { attempt } from '../state/messages';
import { AdvanceForm } from './AdvanceForm';
import { freezeClock, readClock, releaseClock } from './clock';
import './clock.css';
import { ClockFace } from './ClockFace';
import { SetForm } from './SetForm';

/** The clock of the realm. */
export function ClockView() {
    const { value: clock, reload } = useResource(readClock, (change) => change.parts.includes('clock'));
    if (!clock) return <p class="quiet">Loading…</p>;
    const canRelease = clock.isFrozen || clock.offsetMilliseconds !== 0;
    const change = (action: () => Promise<unknown>) => async () => void ((await attempt(action)) && reload());
    return (
        <div class="view">
            <section>
                <h2>Time of the realm</h2>
                <ClockFace clock={clock} />
                <div class="buttons">
                    <button type="button" onClick={change(() => freezeClock())}>
                        Freeze
                    </button>
                    <button type="button" aria-disabled={!canRelease} onClick={canRelease ? change(releaseClock) : undefined}>
                        Release
                    </button>
                </div>
                <p class="quiet">Freeze stops the clock at its current time. Release resumes it at the current system time.</p>
            </section>
            <AdvanceForm onChanged={reload} />
            <SetForm now={clock.now} onChanged={reload} />
        </div>
    );
}
