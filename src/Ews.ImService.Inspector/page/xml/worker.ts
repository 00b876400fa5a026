import { createDocument, type DocumentOptions } from './document';

export interface WorkerRequest {
    body: string;
    options: DocumentOptions;
}

self.onmessage = ({ data: { body, options } }: MessageEvent<WorkerRequest>) => {
    const document = createDocument(body, options);
    self.postMessage(document, { transfer: [document.tokens.buffer, document.rows.buffer] });
};
