import assert from 'node:assert/strict';
import { test } from 'node:test';
import { othersThan, preview } from './preview';

test('A preview names the mailboxes, their sizes, and whether they exist', () => {
    const text = JSON.stringify({
        mailboxes: [{ smtpAddress: 'Alice@contoso.com', groups: [{}, {}], contacts: [{}] }, { smtpAddress: 'bob@contoso.com' }],
    });
    assert.deepEqual(preview(text, ['alice@contoso.com', 'carol@contoso.com']), [
        { smtpAddress: 'Alice@contoso.com', groups: 2, imContacts: 0, contacts: 1, exists: true },
        { smtpAddress: 'bob@contoso.com', groups: 0, imContacts: 0, contacts: 0, exists: false },
    ]);
});

test('Mailboxes that the document does not contain are others', () => {
    const mailboxes = preview('{"mailboxes":[{"smtpAddress":"Alice@contoso.com"}]}', []);
    assert.deepEqual(othersThan(mailboxes, ['alice@contoso.com', 'carol@contoso.com']), ['carol@contoso.com']);
});

for (const text of ['null', '[]', '{}', '{"mailboxes":1}', '{"mailboxes":[null, 1, {"smtpAddress":2,"groups":3}]}']) {
    test(`The invalid document ${text} has a preview`, () => {
        for (const mailbox of preview(text, []))
            assert.deepEqual(mailbox, { smtpAddress: '', groups: 0, imContacts: 0, contacts: 0, exists: false });
    });
}

test('A text that is not JSON has none', () => assert.throws(() => preview('{', []), SyntaxError));
