/**
 * The two places where a string becomes code or markup, for browsers with Trusted Types: everything
 * else that tries is refused by the pages' policy (vite.config.ts names these and Svelte's own).
 */
interface Policy {
	createScriptURL(url: string): string;
}

interface Factory {
	createPolicy(
		name: string,
		rules: {
			createHTML?(html: string): string | null;
			createScriptURL?(url: string): string | null;
		},
	): Policy;
}

const WORKER = '/service-worker.js';

/** An own style sheet and bare boxes: no other element, no attribute that could run anything. */
const PLAIN_BOXES =
	/^(?:\s|<style(?: nonce="[\w+/=-]+")?>[^<]*<\/style>|<div(?: (?:class|part)="[\w -]*")*>|<\/div>)*$/;

/** The address of the one worker there is, as browsers with Trusted Types want it. */
export function workerAddress(): string {
	return worker?.createScriptURL(WORKER) ?? WORKER;
}

/**
 * Lets the library that draws sound write the boxes it draws in, and nothing more. Call before it
 * is made; the second call does nothing.
 */
export function trustPlainBoxes(): void {
	plainBoxes ??= factory()?.createPolicy('default', {
		createHTML: (html) => (isPlainBoxes(html) ? html : null),
	});
}

/** True for markup that holds nothing but empty boxes and a style sheet. */
export function isPlainBoxes(html: string): boolean {
	return PLAIN_BOXES.test(html);
}

let plainBoxes: Policy | undefined;

const worker = factory()?.createPolicy('throughline-worker', {
	createScriptURL: (url) => (url === WORKER ? url : null),
});

function factory(): Factory | undefined {
	// TypeScript 6 does not know Trusted Types; browsers without them have no such name.
	return (globalThis as { trustedTypes?: Factory }).trustedTypes;
}
