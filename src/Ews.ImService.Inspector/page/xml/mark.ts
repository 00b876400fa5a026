import type { Tree } from '@lezer/common';

export interface Range {
    from: number;
    to: number;
}

/** Returns the range to mark for a violation at an offset: the attribute, element name or text there; null if there is none. */
export function rangeAt(text: string, tree: Tree | null, offset: number): Range | null {
    const node = tree?.resolveInner(offset, 1);
    if (node?.name === 'AttributeName' && node.parent?.name === 'Attribute') return { from: node.parent.from, to: node.parent.to };
    if (node?.name === 'TagName') return { from: node.from, to: node.to };
    if (node?.name === 'Text' && text[offset]?.trim()) return { from: offset, to: offset + text.slice(offset, node.to).trimEnd().length };
    return null;
}

/** Returns the range of one character. The position of a violation can be the end of a line or of the text, where none could be seen. */
export function characterAt(text: string, offset: number): Range {
    const isVisible = offset < text.length && text[offset] !== '\n';
    const from = isVisible ? offset : Math.max(0, offset - 1);
    return { from, to: Math.min(text.length, from + 1) };
}
