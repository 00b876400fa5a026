/** Returns a time in UTC, such as `2026-11-21 08:30:00`. */
export function formatTime(time: string | number): string {
    return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}
