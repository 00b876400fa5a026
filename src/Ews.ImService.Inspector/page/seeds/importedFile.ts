import { signal } from '@preact/signals';

/** The seed document that is being imported. */
export const importedFile = signal<File>();
