import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDocument, type Position } from './document';
import { maxFormattedLength, maxShownLength } from './limits';
import { readRows, rowAt, rowCount } from './rows';

function marked(body: string, mark: Position, format = true): string | null {
    const document = createDocument(body, { format, mark });
    return document.mark && document.text.slice(document.mark.from, document.mark.to);
}

const envelope =
    '<s:Envelope><s:Body><m:AddImGroup Foo="1"><m:DisplayName>a b</m:DisplayName><m:Foo/></m:AddImGroup></s:Body></s:Envelope>';

function positionOf(text: string, part: string): Position {
    const before = text.slice(0, text.indexOf(part)).split(/\r\n|\r|\n/);
    return { line: before.length, position: before.at(-1)!.length + 1 };
}

for (const format of [true, false]) {
    const view = format ? 'formatted' : 'raw';

    test(`The name of an element is marked in ${view} text`, () => {
        assert.equal(marked(envelope, positionOf(envelope, 'm:Foo'), format), 'm:Foo');
    });

    test(`An attribute is marked with its value in ${view} text`, () => {
        assert.equal(marked(envelope, positionOf(envelope, 'Foo="1"'), format), 'Foo="1"');
    });

    test(`Text is marked in ${view} text`, () => {
        assert.equal(marked(envelope, positionOf(envelope, 'a b'), format), 'a b');
    });

    test(`An end tag is marked by its name in ${view} text`, () => {
        assert.equal(marked(envelope, positionOf(envelope, 'm:AddImGroup></s:Body'), format), 'm:AddImGroup');
    });
}

test('Each of CR LF, CR and LF ends a line', () => {
    const body = '<a>\r\n<b>\r<c>\n<d  x="1"\r\n e="2"/></c></b></a>';
    for (const format of [true, false]) assert.equal(marked(body, positionOf(body, 'e="2"'), format), 'e="2"');
});

test('A byte order mark is not counted', () => {
    assert.equal(marked(`\uFEFF${envelope}`, positionOf(envelope, 'm:Foo')), 'm:Foo');
});

test('A position within a malformed text marks one character', () => {
    assert.equal(marked('<a><b>x & y</c></a>', { line: 1, position: 10 }), ' ');
    assert.equal(marked('<a><b', { line: 1, position: 6 }), 'b');
});

test('An unknown position and one after the end of the text mark nothing', () => {
    assert.equal(marked(envelope, { line: 0, position: 0 }), null);
    assert.equal(marked(envelope, { line: 9, position: 1 }), null);
});

test('The rows contain the whole text, colored and marked', () => {
    const document = createDocument(envelope, { format: true, mark: positionOf(envelope, 'm:Foo') });
    const rows = readRows(document, 0, rowCount(document));
    const text = rows.map((row) => row.runs.flatMap((run) => run.pieces.map((piece) => piece.text)).join(''));
    assert.equal(text.join('\n'), document.text);
    assert.deepEqual(
        rows.map((row) => row.number),
        [1, 2, 3, 4, 5, 6, 7, 8].slice(0, rows.length),
    );
    const row = rows[rowAt(document, document.mark!.from)]!;
    assert.deepEqual(
        row.runs.map((run) => [run.isMarked, run.pieces.map((piece) => `${piece.kind}:${piece.text}`)]),
        [
            [false, [':      ', 'tag:<']],
            [true, ['name:m:Foo']],
            [false, ['tag:/>']],
        ],
    );
});

test('Names, attributes, values, references and comments are colored', () => {
    const document = createDocument('<a b="c">x &amp; y<!-- z --></a>', { format: false, mark: null });
    const pieces = readRows(document, 0, 1).flatMap((row) => row.runs.flatMap((run) => run.pieces));
    for (const [text, kind] of [
        ['a', 'name'],
        ['b', 'attribute'],
        ['"c"', 'value'],
        ['&amp;', 'reference'],
        ['<!-- z -->', 'comment'],
        ['x ', ''],
    ]) {
        assert.ok(
            pieces.some((piece) => piece.text === text && piece.kind === kind),
            `${text} is ${kind}`,
        );
    }
});

test('A long line is shown in several rows, of which the first has its number', () => {
    const body = `<a>\n${'\u{1F600}'.repeat(2500)}\n</a>`;
    const document = createDocument(body, { format: false, mark: null });
    const rows = readRows(document, 0, rowCount(document));
    assert.deepEqual(
        rows.map((row) => row.number),
        [1, 2, 0, 0, 3],
    );
    assert.equal(document.lineCount, 3);
    const text = rows.map((row) => row.runs.flatMap((run) => run.pieces.map((piece) => piece.text)).join(''));
    assert.equal(text.slice(1, 4).join(''), '\u{1F600}'.repeat(2500));
});

test('A mark in a later row is found there', () => {
    const body = `<a>${'<b>x</b>'.repeat(1000)}<c/></a>`;
    const document = createDocument(body, { format: false, mark: positionOf(body, 'c/>') });
    const row = readRows(document, 0, rowCount(document))[rowAt(document, document.mark!.from)]!;
    assert.deepEqual(
        row.runs.filter((run) => run.isMarked).flatMap((run) => run.pieces.map((piece) => piece.text)),
        ['c'],
    );
});

test('A text that is not XML is neither formatted nor colored', () => {
    const document = createDocument('Not found: 5 < 6', { format: true, mark: null });
    assert.equal(document.text, 'Not found: 5 < 6');
    assert.equal(document.isFormatted, false);
    assert.equal(document.tokens.length, 0);
});

test('An empty text has one empty row', () => {
    const document = createDocument('', { format: true, mark: null });
    assert.deepEqual(readRows(document, 0, rowCount(document)), [{ number: 1, runs: [{ isMarked: false, pieces: [] }] }]);
});

test('A deeply nested text is shown as it is', () => {
    const body = '<a>'.repeat(20_000) + '</a>'.repeat(20_000);
    for (const format of [true, false]) assert.equal(createDocument(body, { format, mark: { line: 1, position: 4 } }).text, body);
});

test('A large text is neither formatted nor colored, and its end is not shown', () => {
    const body = `<a>${'<b/>'.repeat(maxFormattedLength / 4)}</a>`;
    const document = createDocument(body, { format: true, mark: positionOf(body, 'b/>') });
    assert.equal(document.text, body);
    assert.equal(document.tokens.length, 0);
    assert.deepEqual(document.mark, { from: 4, to: 5 });
    assert.equal(createDocument('x'.repeat(maxShownLength + 1), { format: true, mark: null }).text.length, maxShownLength);
});

test('A reference divides the color of a value', () => {
    const document = createDocument('<a b="c&lt;&gt;d"/>', { format: true, mark: null });
    const pieces = readRows(document, 0, 1).flatMap((row) => row.runs.flatMap((run) => run.pieces));
    assert.deepEqual(
        pieces.filter((piece) => piece.kind === 'value' || piece.kind === 'reference').map((piece) => piece.text),
        ['"c', '&lt;', '&gt;', 'd"'],
    );
});
