import type { Tree } from '@lezer/common';
import { highlightTree, tagHighlighter, tags } from '@lezer/highlight';
import { kinds, type Kind } from './kinds';

const highlighter = tagHighlighter([
    { tag: tags.angleBracket, class: 'tag' },
    { tag: tags.definitionOperator, class: 'tag' },
    { tag: tags.tagName, class: 'name' },
    { tag: tags.attributeName, class: 'attribute' },
    { tag: tags.attributeValue, class: 'value' },
    { tag: tags.character, class: 'reference' },
    { tag: tags.blockComment, class: 'comment' },
    { tag: tags.processingInstruction, class: 'instruction' },
    { tag: tags.documentMeta, class: 'instruction' },
]);

/** Returns the colored ranges of a text in ascending order, as triples of start, end and number of the kind. */
export function color(tree: Tree): Uint32Array<ArrayBuffer> {
    const tokens: number[] = [];
    highlightTree(tree, highlighter, (from, to, name) => tokens.push(from, to, kinds.indexOf(name as Kind)));
    return Uint32Array.from(tokens);
}
