/** Public pages carry no script. */
export const csr = false;
