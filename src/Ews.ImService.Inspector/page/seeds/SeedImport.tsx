import { ImportDialog } from './ImportDialog';
import { importedFile } from './importedFile';
import { useFileDrop } from './useFileDrop';

/** The dialog that imports the selected seed document. A file can also be dropped on the page, in every view. */
export function SeedImport() {
    const isDragging = useFileDrop((dropped) => (importedFile.value = dropped));
    const file = importedFile.value;

    function close(): void {
        if (importedFile.value === file) importedFile.value = undefined; // Otherwise, another file was dropped.
    }

    return (
        <>
            {isDragging && <div class="drop-target">Drop a seed document to import it.</div>}
            {file && <ImportDialog key={file} file={file} onClose={close} />}
        </>
    );
}
