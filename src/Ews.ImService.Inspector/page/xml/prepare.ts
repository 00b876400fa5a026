import type { DocumentOptions, XmlDocument } from './document';
import type { WorkerRequest } from './worker';

/** A worker that has finished, and waits for the next text. */
let idle: Worker | undefined;

/** Formats and colors a text in a worker, so that the page does not stop. Each text has a worker to itself, which ends when the signal is
 * aborted; the promise then remains pending. */
export function prepareDocument(body: string, options: DocumentOptions, signal: AbortSignal): Promise<XmlDocument> {
    const worker = idle ?? new Worker(new URL('inspector/xml-worker.js', document.baseURI));
    idle = undefined;
    const stop = () => worker.terminate();
    signal.addEventListener('abort', stop);
    return new Promise((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<XmlDocument>) => {
            signal.removeEventListener('abort', stop);
            idle?.terminate();
            idle = worker;
            resolve(data);
        };
        worker.onerror = ({ message }) => {
            stop();
            reject(new Error(`The body could not be prepared: ${message || 'xml-worker.js failed'}.`));
        };
        worker.postMessage({ body, options } satisfies WorkerRequest);
    });
}
