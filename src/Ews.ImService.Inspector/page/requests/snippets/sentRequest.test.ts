import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleRequest } from './example';
import { remarks, sentRequest } from './sentRequest';

const page = 'http://localhost:5080/realms/r1/';

test('The URL is in the realm of the page', () => {
    assert.equal(sentRequest(exampleRequest('<a/>'), page).url, 'http://localhost:5080/realms/r1/EWS/Exchange.asmx');
});

test('A path never leads to another host', () => {
    for (const path of ['//evil.example/x', '/http://evil.example/', '/a:b'])
        assert.equal(new URL(sentRequest(exampleRequest('', {}, { path }), page).url).host, 'localhost:5080');
});

test('Headers of the connection are omitted', () => {
    assert.deepEqual(sentRequest(exampleRequest('<a/>', { Connection: 'close' }), page).headers, [['Content-Type', 'text/xml']]);
});

test('Basic credentials become the mailbox and a placeholder', () => {
    const request = sentRequest(exampleRequest('<a/>', { Authorization: 'Basic (hidden)' }), page);

    assert.equal(request.user, 'alice@contoso.com');
    assert.deepEqual(request.hidden, []);
    assert.match(remarks(request).join(), /Replace PASSWORD/);
});

test('Other redacted headers are listed', () => {
    const request = sentRequest(exampleRequest('<a/>', { authorization: 'Bearer (hidden)', 'X-Api-Key': '(hidden)' }), page);

    assert.equal(request.user, null);
    assert.deepEqual(request.hidden, ['authorization', 'X-Api-Key']);
    assert.match(remarks(request).join(), /authorization, X-Api-Key/);
});
