import { signal } from '@preact/signals';

/** The time for which a hidden page remains connected; the user can return at once. */
const hiddenMilliseconds = 2000;

/** `true` unless the page has been hidden for some time. */
export const isShown = signal(true);

let timer: ReturnType<typeof setTimeout> | undefined;

function follow(): void {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(() => (isShown.value = false), hiddenMilliseconds);
    else isShown.value = true;
}

document.addEventListener('visibilitychange', follow);
follow();
