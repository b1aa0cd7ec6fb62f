/** Keeps the page, and the link with it, where there is no network. */
export const csr = true;
