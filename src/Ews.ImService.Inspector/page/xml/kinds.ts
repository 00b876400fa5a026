/** The kinds of colored text; the index is the number of the kind in the tokens of a document. */
export const kinds = ['', 'tag', 'name', 'attribute', 'value', 'reference', 'comment', 'instruction'] as const;

export type Kind = (typeof kinds)[number];
