/** A coder decides hundreds of times: this page works by script, and without it as a form. */
export const csr = true;
