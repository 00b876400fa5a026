import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SyntaxNodeRef, Tree } from '@lezer/common';
import { applyEdits, createMover } from './edits';
import { format as editsOf } from './format';
import { parse } from './parse';

function format(xml: string): string | null {
    const tree = parse(xml);
    const edits = tree && editsOf(xml, tree);
    return edits && applyEdits(xml, edits);
}

test('Elements are indented, and text stays beside its tags', () => {
    assert.equal(format('<a><b c="1">x</b><d/></a>'), '<a>\n  <b c="1">x</b>\n  <d/>\n</a>');
});

test('Whitespace in and between tags may change', () => {
    assert.equal(format('<a\n  b="1"\n  c = "2" >\n\n\n<d />  </a>'), '<a b="1" c="2">\n  <d/>\n</a>');
});

test('Attributes keep their quotes', () => {
    const xml = `<?xml version='1.0' encoding="utf-8"?>\n<a b='1' c="2" d="'"/>`;
    assert.equal(format(xml), xml);
});

for (const xml of [
    '<a> x </a>',
    '<a>\n  x\n</a>',
    '<a>x <b/> y</a>',
    '<a><![CDATA[ <b>  </b> ]]></a>',
    '<a><!--  <b>  -->x</a>',
    '<a xml:space="preserve"> <b/> </a>',
    '<a>x &amp; &#10; y</a>',
    '<a></a>',
    '<a><!-- x --></a>',
    '<a>\u00a0<b/></a>',
    '<?xml version="1.0"?>\n<!DOCTYPE a>\n<!-- x -->\n<a/>',
    `<a b='"'/>`,
]) {
    test(`The text of ${JSON.stringify(xml)} does not change`, () => assert.equal(format(xml) ?? xml, xml));
}

for (const text of ['', 'text', '{"a": 1}', '<a><b></a>', '<a>x</a>y', '<a/><b/>', '<a', '</a>', '<a>&</a>', '<html><br></html>']) {
    test(`${JSON.stringify(text)} is not formatted`, () => assert.equal(format(text), null));
}

test('The content of an element with text does not change, that of others beside it does', () => {
    assert.equal(format('<a><b>x<c> <d /></c></b><e><f /></e></a>'), '<a>\n  <b>x<c> <d /></c></b>\n  <e>\n    <f/>\n  </e>\n</a>');
});

test('Comments and instructions between elements have lines of their own', () => {
    assert.equal(format('<a><!-- x --><b/><?y?></a>'), '<a>\n  <!-- x -->\n  <b/>\n  <?y?>\n</a>');
});

test('A formatted text does not change again', () => {
    const formatted = format('<a b="1"  c="2"><d><e/></d></a>')!;
    assert.equal(format(formatted), formatted);
});

test('Each character is found in the formatted text', () => {
    const xml = `<?xml version='1.0'?><a  b='x y' ><c>1 2</c>\n\n<d>\u{1F600}</d><e  /></a>`;
    const edits = editsOf(xml, parse(xml)!)!;
    const formatted = applyEdits(xml, edits);
    const move = createMover(edits);
    for (let i = 0; i < xml.length; i++) {
        const moved = move(i);
        if (xml[i]!.trim()) assert.equal(formatted[moved], xml[i], `offset ${i}`);
    }
});

test('Whitespace is found in the formatted text', () => {
    const offset = (xml: string, part: string) => createMover(editsOf(xml, parse(xml)!)!)(xml.indexOf(part));
    assert.equal(offset('<a><b>x  y</b></a>', ' y'), '<a>\n  <b>x '.length);
    assert.equal(offset('<a   b="1"></a>', '  b'), '<a'.length);
});

test('Twice as many elements take twice the work', () => {
    assert.ok(work(60_000) / work(30_000) < 2.01);
});

test('The size of the formatted text grows with that of the text, however deep its elements are', () => {
    const depth = 2_000;
    assert.ok(format('<a>'.repeat(depth) + '<b/>' + '</a>'.repeat(depth))!.length < depth * 200);
});

test('A text that is too deep for the parser is not formatted', () => {
    assert.equal(format('<a>'.repeat(20_000) + '</a>'.repeat(20_000)), null);
});

/** Returns the number of nodes that are visited and of characters that are read to format siblings. */
function work(siblings: number): number {
    const xml = `<r>${'<a b="1"><c>x</c></a>'.repeat(siblings)}</r>`;
    const tree = parse(xml)!;
    let steps = 0;
    const counted = Object.assign(new String(xml), {
        slice(from: number, to: number) {
            steps += to - from;
            return xml.slice(from, to);
        },
    });
    const iterate: Tree['iterate'] = ({ enter, leave }) => {
        const count =
            <T>(visit: (node: SyntaxNodeRef) => T) =>
            (node: SyntaxNodeRef) => (steps++, visit(node));
        tree.iterate({ enter: count(enter), leave: count(leave!) });
    };
    assert.equal(editsOf(counted as unknown as string, { iterate })!.length, siblings * 3 + 1);
    return steps;
}
