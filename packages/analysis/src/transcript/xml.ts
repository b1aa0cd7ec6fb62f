import { decodeEntities } from './cue-text.ts';
import { linesOf } from './decode.ts';
import { UnreadableError } from './transcript.ts';

export interface XmlListener {
	open(name: string): void;
	close(name: string): void;
	text(text: string): void;
}

const SPACE = 0x20;
const SLASH = 0x2f;

/**
 * Walks through an XML document. It knows elements and text; a document type, which is where
 * entities are declared, is refused, so nothing is ever expanded or fetched.
 * @throws UnreadableError when a tag, comment or section is not closed.
 */
export function walkXml(xml: string, listener: XmlListener): void {
	let at = 0;
	while (at < xml.length) {
		const tag = xml.indexOf('<', at);
		if (tag > at || tag === -1) {
			listener.text(decodeEntities(xml.slice(at, tag === -1 ? xml.length : tag)));
		}
		if (tag === -1) {
			return;
		}
		at =
			xml[tag + 1] === '!' || xml[tag + 1] === '?'
				? special(xml, tag, listener)
				: element(xml, tag, listener);
	}
}

function special(xml: string, at: number, listener: XmlListener): number {
	if (xml.startsWith('<!--', at)) {
		return endOf(xml, { at, end: '-->' });
	}
	if (xml.startsWith('<![CDATA[', at)) {
		const end = endOf(xml, { at, end: ']]>' });
		listener.text(xml.slice(at + 9, end - 3));
		return end;
	}
	if (xml.startsWith('<?', at)) {
		return endOf(xml, { at, end: '?>' });
	}
	throw new UnreadableError(
		linesOf(xml.slice(0, at)).length,
		'The document declares a document type (DOCTYPE), which Word never does. It is not read.',
	);
}

function element(xml: string, at: number, listener: XmlListener): number {
	const end = endOf(xml, { at, end: '>' });
	const isClosing = xml[at + 1] === '/';
	const name = nameAt(xml, isClosing ? at + 2 : at + 1, end - 1);
	if (!isClosing) {
		listener.open(name);
	}
	if (isClosing || xml[end - 2] === '/') {
		listener.close(name);
	}
	return end;
}

/** The name of the tag that goes on until `end`: up to a space or a slash. */
function nameAt(xml: string, start: number, end: number): string {
	let at = start;
	while (at < end && xml.charCodeAt(at) > SPACE && xml.charCodeAt(at) !== SLASH) {
		at++;
	}
	return xml.slice(start, at);
}

function endOf(xml: string, { at, end }: { at: number; end: string }): number {
	const found = xml.indexOf(end, at);
	if (found === -1) {
		throw new UnreadableError(
			linesOf(xml.slice(0, at)).length,
			'The document ends in the middle of a tag: the file is damaged. Save or download it again.',
		);
	}
	return found + end.length;
}
