import type { Tree } from '@lezer/common';
import { parser } from '@lezer/xml';

/** The parser needs this time for invalid texts only, of which it tries to repair each part. */
const maxMilliseconds = 5000;

/** Returns the syntax tree of a text; null if it is not XML, if its elements are nested too deeply, or if parsing takes too long. */
export function parse(text: string): Tree | null {
    if (!text.trimStart().startsWith('<')) return null;
    try {
        return parseWithin(maxMilliseconds, text);
    } catch (error) {
        if (error instanceof RangeError) return null; // The depth exceeds the stack.
        throw error;
    }
}

function parseWithin(milliseconds: number, text: string): Tree | null {
    const parsing = parser.startParse(text);
    const end = performance.now() + milliseconds;
    while (performance.now() < end) {
        const tree = parsing.advance();
        if (tree) return tree;
    }
    return null;
}
