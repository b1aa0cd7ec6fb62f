/** Nothing of a file can be used; the message says why, and what to do. */
export class UnusableFile extends Error {
	override readonly name = 'UnusableFile';
}
