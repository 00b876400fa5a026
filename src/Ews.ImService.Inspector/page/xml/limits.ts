const megabyte = 1024 * 1024;

/** The number of characters up to which a text is formatted and colored. */
export const maxFormattedLength = 4 * megabyte;

/** The number of characters of a text that are shown. */
export const maxShownLength = 16 * megabyte;
