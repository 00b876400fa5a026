import assert from 'node:assert/strict';
import { test } from 'node:test';
import { format, mapOffset } from './format';

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
]) {
    test(`The text of ${JSON.stringify(xml)} does not change`, () => assert.equal(format(xml) ?? xml, xml));
}

for (const text of ['', 'text', '{"a": 1}', '<a><b></a>', '<a>x</a>y', '<a', '<html><br></html>', `<a b='"'/>`]) {
    test(`${JSON.stringify(text)} is not formatted`, () => assert.equal(format(text), null));
}

test('Each character is found in the formatted text', () => {
    const xml = `<?xml version='1.0'?><a  b='x y' ><c>1 2</c>\n\n<d>\u{1F600}</d><e  /></a>`;
    const formatted = format(xml)!;
    assert.notEqual(formatted, null);
    for (let i = 0; i < xml.length; i++) {
        if (xml[i]!.trim()) assert.equal(formatted[mapOffset(xml, formatted, i)], xml[i], `offset ${i}`);
    }
});

test('Whitespace in a text is found in the formatted text', () => {
    const xml = '<a><b>x  y</b></a>';
    assert.equal(mapOffset(xml, format(xml)!, xml.indexOf('  y') + 1), format(xml)!.indexOf('  y') + 1);
});
