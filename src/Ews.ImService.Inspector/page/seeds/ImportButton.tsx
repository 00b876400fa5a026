import { useRef, useState } from 'preact/hooks';
import { ImportDialog } from './ImportDialog';
import { useFileDrop } from './useFileDrop';

/** The button that imports a seed document. While it is shown, a file can also be dropped on the page. */
export function ImportButton() {
    const input = useRef<HTMLInputElement>(null);
    const [file, setFile] = useState<File>();
    const isDragging = useFileDrop(setFile);

    function select(): void {
        setFile(input.current!.files?.[0]);
        input.current!.value = ''; // The same file can be selected again.
    }

    return (
        <>
            <button type="button" onClick={() => input.current!.click()}>
                Import
            </button>
            <input ref={input} type="file" accept=".json,application/json" aria-label="Seed document" hidden onChange={select} />
            {isDragging && <div class="drop-target">Drop a seed document to import it.</div>}
            {file && <ImportDialog file={file} onClose={() => setFile(undefined)} />}
        </>
    );
}
