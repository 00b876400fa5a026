import { useEffect, useState } from 'preact/hooks';

/** Calls a function with a file that is dropped on the page. Returns `true` while a file is dragged over it. */
export function useFileDrop(onFile: (file: File) => void): boolean {
    const [isDragging, setIsDragging] = useState(false);

    useEffect(() => {
        const drag = (event: DragEvent) => {
            if (!event.dataTransfer?.types.includes('Files')) return;
            event.preventDefault(); // The browser would open the file.
            setIsDragging(true);
        };
        const leave = (event: DragEvent) => {
            if (!event.relatedTarget) setIsDragging(false);
        };
        const drop = (event: DragEvent) => {
            setIsDragging(false);
            const file = event.dataTransfer?.files[0];
            if (!file) return;
            event.preventDefault();
            onFile(file);
        };
        addEventListener('dragover', drag);
        addEventListener('dragleave', leave);
        addEventListener('drop', drop);
        return () => {
            removeEventListener('dragover', drag);
            removeEventListener('dragleave', leave);
            removeEventListener('drop', drop);
        };
    }, []);

    return isDragging;
}
