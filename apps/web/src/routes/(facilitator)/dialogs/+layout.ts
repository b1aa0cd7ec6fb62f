/** The tablet's app: it runs from its cache, so no server makes its pages. */
export const ssr = false;
export const csr = true;
/** The worker's scope is /dialogs/, and so is every address below it. */
export const trailingSlash = 'always';
