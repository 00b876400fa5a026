import { useRef } from 'preact/hooks';
import { importedFile } from './importedFile';

/** The button that imports a seed document. */
export function ImportButton() {
    const input = useRef<HTMLInputElement>(null);

    function select(): void {
        importedFile.value = input.current!.files?.[0];
        input.current!.value = ''; // The same file can be selected again.
    }

    return (
        <>
            <button type="button" onClick={() => input.current!.click()}>
                Import
            </button>
            <input ref={input} type="file" accept=".json,application/json" aria-label="Seed document" hidden onChange={select} />
        </>
    );
}
