/** A transcript is edited by keyboard, turn by turn: this page works by script. */
export const csr = true;
