/** Words are selected by script; without it a quote is chosen by its sentences. */
export const csr = true;
