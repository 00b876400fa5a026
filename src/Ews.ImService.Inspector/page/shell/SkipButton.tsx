/** The first button of the page, which moves the focus past the sidebar: to the current request, or to the view. It is visible while it has
 * the focus. */
export function SkipButton({ isRequests }: { isRequests: boolean }) {
    function skip(): void {
        const request = document.querySelector<HTMLElement>('main [role=grid] [tabindex="0"]');
        (request ?? document.querySelector<HTMLElement>('main'))!.focus();
    }

    return (
        <button type="button" class="skip" onClick={skip}>
            {isRequests ? 'To the requests' : 'To the content'}
        </button>
    );
}
