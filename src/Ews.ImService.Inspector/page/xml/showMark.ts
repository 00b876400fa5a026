/** The height in pixels of the lines that are shown above and below the mark. */
const margin = 80;

/** Scrolls to the mark in a text: the box of the text, and the boxes around it in the view. The focus does not move. */
export function showMark(text: HTMLElement | null): void {
    const mark = text?.querySelector('mark');
    if (!mark) return;
    scroll(text!, mark);
    for (let box = text!.parentElement; box && box.tagName !== 'MAIN'; box = box.parentElement) {
        if (getComputedStyle(box).overflowY === 'auto') scroll(box, mark);
    }
}

/** Scrolls a box as little as is needed to show the mark and some lines around it. */
function scroll(box: HTMLElement, mark: HTMLElement): void {
    const { top, bottom } = mark.getBoundingClientRect();
    const above = box.getBoundingClientRect().top - (top - margin);
    const below = bottom + margin - (box.getBoundingClientRect().top + box.clientHeight);
    if (above > 0) box.scrollTop -= above;
    else if (below > 0) box.scrollTop += Math.min(below, -above);
}
