import type { Tree } from '@lezer/common';
import { kinds, type Kind } from './kinds';

const kindOf: Record<string, Kind> = {
    StartTag: 'tag',
    StartCloseTag: 'tag',
    EndTag: 'tag',
    SelfCloseEndTag: 'tag',
    Is: 'tag',
    TagName: 'name',
    AttributeName: 'attribute',
    AttributeValue: 'value',
    EntityReference: 'reference',
    CharacterReference: 'reference',
    Comment: 'comment',
    ProcessingInst: 'instruction',
    DoctypeDecl: 'instruction',
};

/** Returns the colored ranges of a text in ascending order, as triples of start, end and number of the kind. */
export function color(tree: Tree): number[] {
    const tokens: number[] = [];
    const add = (from: number, to: number, kind: Kind) => to > from && tokens.push(from, to, kinds.indexOf(kind));
    tree.iterate({
        enter({ name, from, to }) {
            const kind = kindOf[name];
            if (!kind) return;
            const valueEnd = tokens.at(-2) ?? 0;
            if (kind === 'reference' && from < valueEnd) {
                tokens[tokens.length - 2] = from; // The reference divides the value.
                add(from, to, kind);
                add(to, valueEnd, 'value');
            } else {
                add(from, to, kind);
            }
        },
    });
    return tokens;
}
