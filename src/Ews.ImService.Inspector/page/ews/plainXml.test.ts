import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DOMParser, XMLSerializer } from '@xmldom/xmldom';
import { writePlainXml } from './plainXml';

Object.assign(globalThis, { DOMParser, XMLSerializer });

test('Elements, attributes and text remain; namespaces and prefixes do not', () => {
    const xml = `<t:Persona xmlns:t="urn:t" xmlns:a="urn:a"><PersonaId xmlns="urn:m" Id="1" a:b="2"/><t:Name>x &amp; &lt;y></t:Name></t:Persona>`;
    const { documentElement } = new DOMParser().parseFromString(xml, 'text/xml');

    assert.equal(
        writePlainXml(documentElement as unknown as Element),
        '<Persona><PersonaId Id="1"/><Name>x &amp; &lt;y&gt;</Name></Persona>',
    );
});
