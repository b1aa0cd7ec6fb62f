/** Team pages are forms and links; a page that needs script says `csr = true` itself. */
export const csr = false;
