import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JournalEntry } from '../../control/stream';
import { csharpTest, usesIds } from './csharp';
import { exampleRequest } from './example';
import { sentRequest } from './sentRequest';

function testOf(entry: JournalEntry): string {
    return csharpTest(sentRequest(entry, 'http://localhost/'), entry);
}

test('A body is a raw string whose lines are indented', () => {
    const code = testOf(exampleRequest('<a b="c">\n\\n</a>'));

    assert.ok(code.includes('= """\n            <a b="c">\n            \\n</a>\n            """;\n'), code);
});

test('The delimiter of a raw string is longer than the quotation marks in it', () => {
    assert.ok(testOf(exampleRequest('a """" b')).includes('= """""\n            a """" b\n            """"";\n'));
});

test('A body that a raw string cannot contain is an escaped string', () => {
    assert.ok(testOf(exampleRequest('"\\\r\n\0\u2028')).includes('= "\\u0022\\u005c\\u000d\\u000a\\u0000\\u2028";\n'));
});

test('Header values are escaped', () => {
    const code = testOf(exampleRequest('<a/>', { 'X-Special': 'a"b\\c' }));

    assert.ok(code.includes('request.Headers.TryAddWithoutValidation("X-Special", "a\\u0022b\\u005cc");'), code);
});

test('Headers of the body belong to the content', () => {
    assert.ok(testOf(exampleRequest('<a/>')).includes('request.Content.Headers.TryAddWithoutValidation("Content-Type", "text/xml");'));
    assert.ok(!testOf(exampleRequest('')).includes('Content-Type'));
});

test('The test expects the recorded result', () => {
    const code = testOf(exampleRequest('<a/>', {}, { responseCode: 'ErrorSchemaValidation', status: 500 }));

    assert.ok(code.includes('AddImGroup_returns_ErrorSchemaValidation()'));
    assert.ok(code.includes('Assert.Equal(500, (int)response.StatusCode);'));
    assert.ok(code.includes('Operation = "AddImGroup", ResponseCode = "ErrorSchemaValidation"'));
});

test('A test of a request that triggered a fault rule names the rule', () => {
    const code = testOf(
        exampleRequest('<a/>', {}, { fault: 'busy', faultKind: 'serverBusy', responseCode: 'ErrorServerBusy', status: 500 }),
    );

    assert.ok(code.includes('// The request triggered the fault rule "busy" (serverBusy).'), code);
});

test('A test of a request without a response expects an exception', () => {
    const code = testOf(exampleRequest('<a/>', {}, { fault: 'drop', state: 'failed', responseCode: null, status: null }));

    assert.ok(code.includes('await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(request));'), code);
    assert.ok(!code.includes('Assert.Equal'), code);
});

test('Another URL of the service is relative to that of EWS', () => {
    assert.ok(testOf(exampleRequest('', {}, { path: '/a/b.xml' })).includes('new Uri(exchange.Url, "../a/b.xml")'));
});

test('A request that uses ids needs the mailbox with its ids', () => {
    const uses = (body: string) => usesIds(sentRequest(exampleRequest(body), 'http://localhost/'));

    assert.ok(uses('<m:GroupId Id="AAMk" ChangeKey="1"/>'));
    assert.ok(uses('<ItemId xmlns="urn:t" Id="AAMk"/>'));
    assert.ok(!uses('<t:DistinguishedFolderId Id="contacts"/>'));
    assert.ok(!uses('<m:AddImGroup><m:DisplayName>Id="1"</m:DisplayName></m:AddImGroup>'));
});

test('A seed document is a raw string', () => {
    const entry = exampleRequest('<a/>');
    const code = csharpTest(sentRequest(entry, 'http://localhost/'), entry, '{\n  "mailboxes": []\n}\n');

    assert.ok(code.includes('ImportSeedAsync("""\n            {\n              "mailboxes": []\n            }\n            """);\n'), code);
    assert.ok(!code.includes('SeedMailbox'), code);
});
