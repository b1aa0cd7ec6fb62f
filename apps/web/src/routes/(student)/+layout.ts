/** A student page carries no script. */
export const csr = false;
