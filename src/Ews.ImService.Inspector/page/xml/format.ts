import formatXml from 'xml-formatter';

const indentation = '  ';

/**
 * Returns the XML with one element per line, or null if it is not XML, or if formatting would change more than whitespace between and
 * inside tags.
 */
export function format(xml: string): string | null {
    const formatted = restoreQuotes(xml, tryFormat(xml));
    return formatted !== null && significant(formatted) === significant(xml) ? formatted : null;
}

/** Returns the offset in the formatted text of the character that is at an offset in the text it was formatted from. */
export function mapOffset(xml: string, formatted: string, offset: number): number {
    let visible = offset; // Whitespace is found by its distance from the character before it.
    while (visible > 0 && isWhitespace(xml, visible)) visible--;
    let result = skipWhitespace(formatted, 0);
    for (let i = skipWhitespace(xml, 0); i < visible; i = skipWhitespace(xml, i + 1)) result = skipWhitespace(formatted, result + 1);
    return result + offset - visible;
}

function tryFormat(xml: string): string | null {
    try {
        return formatXml(xml, { indentation, collapseContent: true, lineSeparator: '\n', strictMode: true });
    } catch {
        return null; // Not XML: it is shown as it is.
    }
}

/** The formatter writes all attributes in double quotes. */
function restoreQuotes(xml: string, formatted: string | null): string | null {
    if (formatted === null) return null;
    let result = '';
    let copied = 0;
    let source = skipWhitespace(xml, 0);
    for (let i = skipWhitespace(formatted, 0); i < formatted.length; i = skipWhitespace(formatted, i + 1)) {
        if (formatted[i] !== xml[source]) {
            if (formatted[i] !== '"' || xml[source] !== "'") return null;
            result += formatted.slice(copied, i) + "'";
            copied = i + 1;
        }
        source = skipWhitespace(xml, source + 1);
    }
    return result + formatted.slice(copied);
}

/** Returns the text without the whitespace that formatting may change. */
function significant(xml: string): string {
    return xml
        .trim()
        .replace(/>\s+</g, '><')
        .replace(/<[^<>!]+>/g, (tag) => tag.replace(/\s+/g, ' ').replace(/ ?(=|\/?>|\?>) ?/g, '$1'));
}

function skipWhitespace(text: string, offset: number): number {
    while (offset < text.length && isWhitespace(text, offset)) offset++;
    return offset;
}

function isWhitespace(text: string, offset: number): boolean {
    const code = text.charCodeAt(offset);
    return code === 32 || code === 10 || code === 9 || code === 13;
}
