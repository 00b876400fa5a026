import { useResource } from '../control/useResource';
import { readClock } from './clock';
import { offsetText } from './offsetText';

/** The state of a clock that does not show the system time, in the link to the view. */
export function ClockBadge() {
    const { value: clock } = useResource(readClock, (change) => change.parts.includes('clock'));
    const text = clock && (clock.isFrozen ? 'frozen' : offsetText(clock.offsetMilliseconds));
    return text ? <span class="badge notice">{text}</span> : null;
}
