const units: [string, number][] = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1000],
    ['ms', 1],
];

/** Returns the distance of a clock from the system time, such as `+1 h` or `-1 d 12 h`, in its two largest units; empty if it is 0. */
export function offsetText(milliseconds: number): string {
    let rest = Math.abs(milliseconds);
    const largest = units.findIndex(([, length]) => rest >= length);
    if (largest < 0) return '';
    const parts: string[] = [];
    for (const [name, length] of units.slice(largest, largest + 2)) {
        const amount = Math.floor(rest / length);
        rest -= amount * length;
        if (amount > 0) parts.push(`${amount.toLocaleString('en')} ${name}`);
    }
    return (milliseconds < 0 ? '-' : '+') + parts.join(' ');
}
