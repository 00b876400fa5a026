import { useState } from 'preact/hooks';
import { attempt, showMessage } from '../state/messages';
import { formatTime } from '../ui/time';
import { freezeClock } from './clock';

interface Props {
    now: string;
    onChanged: () => void;
}

/** The form that freezes the clock at a time. */
export function SetForm({ now, onChanged }: Props) {
    const [time, setTime] = useState(() => formatTime(now).replace(' ', 'T'));

    function submit(event: Event): void {
        event.preventDefault();
        void attempt(async () => {
            await freezeClock(new Date(`${time}Z`).toISOString());
            showMessage('The clock was set.');
            onChanged();
        });
    }

    return (
        <section>
            <h2>Set the clock</h2>
            <p class="quiet">Set also freezes the clock.</p>
            <form class="fields" aria-label="Set the clock" onSubmit={submit}>
                <label>
                    Time (UTC)
                    <input type="datetime-local" step="1" required value={time} onInput={(event) => setTime(event.currentTarget.value)} />
                </label>
                <button class="primary">Set</button>
            </form>
        </section>
    );
}
