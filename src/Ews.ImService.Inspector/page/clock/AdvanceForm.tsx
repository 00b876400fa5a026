import { useState } from 'preact/hooks';
import { attempt, showMessage } from '../state/messages';
import { advanceClock } from './clock';

const units = {
    milliseconds: 1,
    seconds: 1000,
    minutes: 60_000,
    hours: 3_600_000,
    days: 86_400_000,
};

type Unit = keyof typeof units;

const presets: [string, number][] = [
    ['+1 minute', units.minutes],
    ['+15 minutes', 15 * units.minutes],
    ['+1 hour', units.hours],
    ['+1 day', units.days],
    ['+30 days', 30 * units.days],
];

/** The form that moves the clock. */
export function AdvanceForm({ onChanged }: { onChanged: () => void }) {
    const [amount, setAmount] = useState('1');
    const [unit, setUnit] = useState<Unit>('minutes');

    const advance = (milliseconds: number) =>
        attempt(async () => {
            await advanceClock(milliseconds);
            showMessage('The clock was moved.');
            onChanged();
        });

    function submit(event: Event): void {
        event.preventDefault();
        void advance(Math.round(Number(amount) * units[unit]));
    }

    return (
        <section>
            <h2>Advance the clock</h2>
            <p class="quiet">Back-offs, and timeouts and heartbeats of subscriptions, also pass. A negative amount moves the clock back.</p>
            <form class="fields" aria-label="Advance the clock" onSubmit={submit}>
                <label>
                    Amount
                    <input type="number" step="any" required value={amount} onInput={(event) => setAmount(event.currentTarget.value)} />
                </label>
                <label>
                    Unit
                    <select value={unit} onChange={(event) => setUnit(event.currentTarget.value as Unit)}>
                        {Object.keys(units).map((name) => (
                            <option key={name}>{name}</option>
                        ))}
                    </select>
                </label>
                <button class="primary">Advance</button>
            </form>
            <div class="buttons" role="group" aria-label="Presets">
                {presets.map(([label, milliseconds]) => (
                    <button key={label} type="button" onClick={() => advance(milliseconds)}>
                        {label}
                    </button>
                ))}
            </div>
        </section>
    );
}
