import type { PostedForm, Unconfirmed } from '#lib/confirm.ts';
import type { Language } from '#lib/i18n/languages.ts';

declare global {
	// Kit reads these types from the namespace `App`.
	namespace App {
		interface Error {
			/** A stable code of the API or of this app, such as `not_found`. */
			code: string;
			/** The language the page was in, or was asked for in. */
			language?: Language;
			/** When the page asks for itself again. */
			seconds?: number;
			/** What was being done when the person was asked to confirm that it is them. */
			unconfirmed?: Unconfirmed;
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
			/** When the API, which is busy, wants to be asked again; goes on to the browser with a 503. */
			retryAfter?: string;
			/** The page of a survey that was sent could not be taken, and is shown with what was on it. */
			isHeld?: boolean;
			/** In how many seconds the page asks for itself again. */
			refreshAfter?: number;
			/** The form that is being answered, on pages of the team. */
			posted?: PostedForm;
		}
	}
}
