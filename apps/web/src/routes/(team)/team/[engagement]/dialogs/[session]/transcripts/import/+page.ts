/** The file is looked at, and sent again with what was chosen: that takes script. */
export const csr = true;
