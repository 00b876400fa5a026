/** Returns a number with its noun, such as `1 group` or `2 groups`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
    return `${number.toLocaleString('en')} ${number === 1 ? noun : plural}`;
}
