import { createDocument, type DocumentOptions, type XmlDocument } from './document';

export interface WorkerRequest {
    id: number;
    body: string;
    options: DocumentOptions;
}

export interface WorkerResponse {
    id: number;
    document: XmlDocument;
}

self.onmessage = ({ data }: MessageEvent<WorkerRequest>) => {
    const document = createDocument(data.body, data.options);
    const response: WorkerResponse = { id: data.id, document };
    self.postMessage(response, { transfer: [document.tokens.buffer, document.rows.buffer] });
};
