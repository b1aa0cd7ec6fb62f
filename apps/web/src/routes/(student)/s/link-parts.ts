/** An address on the web, without the mark that ends the sentence it stands in. */
const ADDRESS = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?\u061f)\]]/gu;

interface Part {
	/** Where it begins in the text. */
	at: number;
	text: string;
	isAddress: boolean;
}

/** A text cut into addresses and what stands between them. */
export function linkParts(text: string): Part[] {
	const parts: Part[] = [];
	let from = 0;
	for (const { index, 0: address } of text.matchAll(ADDRESS)) {
		parts.push({ at: from, text: text.slice(from, index), isAddress: false });
		parts.push({ at: index, text: address, isAddress: true });
		from = index + address.length;
	}
	parts.push({ at: from, text: text.slice(from), isAddress: false });
	return parts.filter((part) => part.text !== '');
}
