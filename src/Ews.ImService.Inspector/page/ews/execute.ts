import { errorOf, pathOf, send, urlOf } from '../control/call';
import { writeRequest, type Part } from './request';
import { readResponse } from './response';

/** Executes an operation as the owner of a mailbox. Returns the element of the response; throws an `EwsError` if the operation failed. */
export async function execute(mailbox: string, operation: string, ...parts: (Part | undefined)[]): Promise<Element> {
    const response = await send(urlOf(pathOf('mailboxes', mailbox, 'ews')), {
        method: 'POST',
        headers: { 'Content-Type': 'text/xml; charset=utf-8' },
        body: writeRequest(operation, ...parts),
    });
    const body = await response.text();
    if (!response.headers.get('Content-Type')?.startsWith('text/xml')) throw errorOf(response.status, body);
    return readResponse(body);
}
