import type { DocumentOptions, XmlDocument } from './document';
import type { WorkerRequest, WorkerResponse } from './worker';

interface Waiting {
    resolve: (document: XmlDocument) => void;
    reject: (error: Error) => void;
}

const waiting = new Map<number, Waiting>();
let worker: Worker | null = null;
let lastId = 0;

/** Formats and colors a text in the worker, so that the page does not stop. */
export function prepareDocument(body: string, options: DocumentOptions): Promise<XmlDocument> {
    worker ??= startWorker();
    const request: WorkerRequest = { id: ++lastId, body, options };
    worker.postMessage(request);
    return new Promise((resolve, reject) => waiting.set(request.id, { resolve, reject }));
}

function startWorker(): Worker {
    const started = new Worker(new URL('inspector/xml-worker.js', document.baseURI));
    started.onmessage = ({ data }: MessageEvent<WorkerResponse>) => {
        waiting.get(data.id)?.resolve(data.document);
        waiting.delete(data.id);
    };
    started.onerror = (event) => {
        for (const { reject } of waiting.values())
            reject(new Error(`The XML could not be prepared: ${event.message || 'xml-worker.js failed'}.`));
        waiting.clear();
        started.terminate();
        worker = null;
    };
    return started;
}
