/** Nothing outside a group of routes needs script: the root's error page is plain HTML. */
export const csr = false;
