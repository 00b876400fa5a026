import { useState } from 'preact/hooks';
import { ResetDialog } from './ResetDialog';

/** The button of the header that opens the dialog. */
export function ResetButton() {
    const [isOpen, setIsOpen] = useState(false);
    return (
        <>
            <button type="button" onClick={() => setIsOpen(true)}>
                Reset…
            </button>
            {isOpen && <ResetDialog onClose={() => setIsOpen(false)} />}
        </>
    );
}
