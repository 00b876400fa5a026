import type { Tree } from '@lezer/common';

export interface Range {
    from: number;
    to: number;
}

/** Returns the range to mark for a violation at an offset: the attribute, element name or text there, or else one character. */
export function rangeToMark(text: string, tree: Tree | null, offset: number): Range {
    const node = tree?.resolveInner(offset, 1);
    if (node?.name === 'AttributeName' && node.parent?.name === 'Attribute') return { from: node.parent.from, to: node.parent.to };
    if (node?.name === 'TagName') return { from: node.from, to: node.to };
    if (node?.name === 'Text' && text[offset]?.trim()) return { from: offset, to: offset + text.slice(offset, node.to).trimEnd().length };
    return oneCharacter(text, offset);
}

/** The position of a violation can be the end of a line or of the text, where no character could be seen. */
function oneCharacter(text: string, offset: number): Range {
    const isVisible = offset < text.length && text[offset] !== '\n';
    const from = isVisible ? offset : Math.max(0, offset - 1);
    return { from, to: Math.min(text.length, from + 1) };
}
