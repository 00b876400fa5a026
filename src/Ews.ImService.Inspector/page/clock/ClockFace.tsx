import { useEffect, useMemo, useState } from 'preact/hooks';
import { formatTime } from '../ui/time';
import type { ClockState } from './clock';

/** The time of the realm, which continues if the clock is running. */
export function ClockFace({ clock }: { clock: ClockState }) {
    const readAt = useMemo(() => performance.now(), [clock]);
    const [, setTick] = useState(0);
    useEffect(() => {
        if (clock.isFrozen) return;
        const timer = setInterval(() => setTick((tick) => tick + 1), 250);
        return () => clearInterval(timer);
    }, [clock]);
    const now = Date.parse(clock.now) + (clock.isFrozen ? 0 : performance.now() - readAt);
    const time = formatTime(now);
    return (
        <p class="clock-face">
            <time dateTime={`${time.replace(' ', 'T')}Z`}>{time}</time> UTC
            <span class={clock.isFrozen ? 'badge frozen' : 'badge'}>{clock.isFrozen ? 'Frozen' : 'Running'}</span>
        </p>
    );
}
