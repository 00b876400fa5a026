import type { SyntaxNodeRef, Tree } from '@lezer/common';
import type { Edit } from './edits';

const indentation = '  ';

/** Elements below this depth are not indented further, so that the formatted text is not much longer than the text. */
const maxDepth = 40;

/** The content of an element, or of the document, as far as it was visited. */
interface Content {
    /** The number of edits before the content. */
    edits: number;
    /** The end of the previous tag, comment or instruction. */
    end: number;
    elements: number;
    /** `true` if whitespace in the content is significant. */
    hasText: boolean;
}

/** Returns the edits that put each element on a line of its own, in ascending order; null if the text is not well-formed. They change only
 * whitespace inside tags, and between the tags of elements without text. Each node is visited once. */
export function format(text: string, tree: Pick<Tree, 'iterate'>): Edit[] | null {
    const edits: Edit[] = [];
    const document: Content = { edits: 0, end: 0, elements: 0, hasText: false };
    const open = [document];
    let isWellFormed = true;
    let tokenEnd = 0;

    function replace(from: number, to: number, insert: string): void {
        if (text.slice(from, to) !== insert) edits.push({ from, to, insert });
    }

    const lineAt = (depth: number) => `\n${indentation.repeat(Math.min(depth, maxDepth))}`;

    function enter({ name, from, to, type }: SyntaxNodeRef): boolean {
        const content = open.at(-1)!;
        if (type.isError || name === 'MismatchedCloseTag' || name === 'MissingCloseTag') isWellFormed = false;
        if (!isWellFormed) return false;
        switch (name) {
            case 'Element':
                startLine(content, from);
                content.elements++;
                open.push({ edits: edits.length, end: from, elements: 0, hasText: false });
                break;
            case 'Comment':
            case 'ProcessingInst':
            case 'DoctypeDecl':
                startLine(content, from);
                content.end = to;
                return false;
            case 'Text':
                content.hasText ||= /[^ \t\r\n]/.test(text.slice(from, to));
                break;
            case 'Cdata':
            case 'EntityReference':
            case 'CharacterReference':
                content.hasText = true;
                return false;
            case 'StartTag':
            case 'StartCloseTag':
            case 'TagName':
                tokenEnd = to;
                break;
            case 'CloseTag':
                if (content.hasText || content.elements === 0) edits.length = content.edits;
                else replace(content.end, from, lineAt(open.length - 2));
                break;
            case 'AttributeName':
            case 'Is':
            case 'AttributeValue':
            case 'EndTag':
            case 'SelfCloseEndTag':
                if (from > tokenEnd) replace(tokenEnd, from, name === 'AttributeName' ? ' ' : '');
                tokenEnd = to;
                return false;
        }
        return true;
    }

    function leave({ name, from, to }: SyntaxNodeRef): void {
        const content = open.at(-1)!;
        if (name === 'OpenTag') {
            content.end = to;
            content.edits = edits.length;
            content.hasText = /\sxml:space\s*=\s*["']preserve["']/.test(text.slice(from, to));
        } else if (name === 'Element') {
            open.pop();
            open.at(-1)!.end = to;
        }
    }

    function startLine(content: Content, from: number): void {
        const isFirst = content === document && content.end === 0;
        replace(content.end, from, isFirst ? '' : lineAt(open.length - 1));
    }

    tree.iterate({ enter, leave });
    if (!isWellFormed || document.hasText || document.elements !== 1) return null;
    replace(document.end, text.length, '');
    return edits;
}
