import type { Language } from '#lib/i18n/languages.ts';

declare global {
	// Kit reads these types from the namespace `App`.
	namespace App {
		interface Error {
			/** A stable code of the API or of this app, such as `not_found`. */
			code: string;
		}
		interface Platform {
			/** The request as Node received it. */
			req: object;
		}
		interface Locals {
			/** The language of the page. A load may change it; it becomes `<html lang dir>`. */
			language: Language;
			/** The language a student chose in the form that is being answered. */
			chosenLanguage?: Language;
			/** `Set-Cookie` lines the API sent while this page was made; they go on to the browser. */
			apiCookies: string[];
		}
	}
}
