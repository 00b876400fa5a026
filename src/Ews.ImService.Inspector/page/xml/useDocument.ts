import { useEffect, useState } from 'preact/hooks';
import type { XmlDocument } from './document';
import { prepareDocument } from './prepare';
import type { Violation } from './violation';

/** Returns a body that is ready to be shown, or an error; null while it is prepared for the first time. Another body stops the work on the
 * previous one. */
export function useDocument(body: string, format: boolean, violation: Violation | null): XmlDocument | Error | null {
    const [result, setResult] = useState<XmlDocument | Error | null>(null);
    useEffect(() => {
        const controller = new AbortController();
        prepareDocument(body, { format, mark: violation }, controller.signal).then(setResult, setResult);
        return () => controller.abort();
    }, [body, format, violation?.line, violation?.position]);
    return result;
}
