/** Says how far speech-to-text is while it works; without script the page is loaded again. */
export const csr = true;
