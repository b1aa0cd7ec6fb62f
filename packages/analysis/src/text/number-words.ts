const UNITS: ReadonlyMap<string, string> = mapOf({
	zero: '0',
	oh: '0',
	o: '0',
	one: '1',
	two: '2',
	three: '3',
	four: '4',
	five: '5',
	six: '6',
	seven: '7',
	eight: '8',
	nine: '9',
	cero: '0',
	uno: '1',
	una: '1',
	dos: '2',
	tres: '3',
	cuatro: '4',
	cinco: '5',
	seis: '6',
	siete: '7',
	ocho: '8',
	nueve: '9',
});
const TEENS: ReadonlyMap<string, string> = mapOf({
	ten: '10',
	eleven: '11',
	twelve: '12',
	thirteen: '13',
	fourteen: '14',
	fifteen: '15',
	sixteen: '16',
	seventeen: '17',
	eighteen: '18',
	nineteen: '19',
	diez: '10',
	once: '11',
	doce: '12',
	trece: '13',
	catorce: '14',
	quince: '15',
	dieciseis: '16',
	diecisiete: '17',
	dieciocho: '18',
	diecinueve: '19',
});
const TENS: ReadonlyMap<string, string> = mapOf({
	twenty: '2',
	thirty: '3',
	forty: '4',
	fifty: '5',
	sixty: '6',
	seventy: '7',
	eighty: '8',
	ninety: '9',
	veinte: '2',
	treinta: '3',
	cuarenta: '4',
	cincuenta: '5',
	sesenta: '6',
	setenta: '7',
	ochenta: '8',
	noventa: '9',
});
const REPEATS: ReadonlyMap<string, number> = new Map([
	['double', 2],
	['triple', 3],
	['doble', 2],
]);
const FILLERS = /^(?:uh|um|uhm|like|y|and|dash|hyphen|este)$/u;

/** Every number word, for patterns. */
export const NUMBER_WORD: string = `(?:${[...UNITS.keys(), ...TEENS.keys(), ...TENS.keys(), 'hundred', 'thousand'].filter((word) => word !== 'o').join('|')})`;

/** Digits said one after the other: where they stand, which they are, how they were said. */
export type NumberRun = {
	start: number;
	end: number;
	digits: string;
	/** How many were said as single digits in words. */
	singles: number;
	/** How many of its words are number words or lone digits; 0 or 1 for a number in digits. */
	pieces: number;
	isSpoken: boolean;
	/** Each number one above the one before: counting, no number of anything. */
	isCounting: boolean;
};

const WORD = /[\p{L}\p{M}]+|\p{Nd}+/gu;
const BETWEEN = /^[\s,.–()+#-]{1,3}$/u;

/** Runs of number words and digits in a text, fillers between them passed over. */
export function numberRuns(text: string): NumberRun[] {
	const runs: NumberRun[] = [];
	let run: NumberRun | null = null;
	let last = 0;
	let tens = '';
	let repeat = 1;
	let latest = -1;
	let climb = 0;
	for (const match of text.matchAll(WORD)) {
		const word = lowerOf(match[0]);
		const isNear =
			run !== null && (last === match.index || BETWEEN.test(text.slice(last, match.index)));
		const digits = digitsOf(word);
		if (
			isNear &&
			run !== null &&
			digits === null &&
			(FILLERS.test(word) || REPEATS.has(word) || word === 'hundred')
		) {
			repeat = REPEATS.get(word) ?? 1;
			last = match.index + match[0].length;
			if (word === 'hundred') {
				run.digits += '00';
				run.end = last;
			}
			continue;
		}
		if (!isNear || digits === null) {
			run = null;
			tens = '';
			repeat = 1;
		}
		if (digits === null) {
			continue;
		}
		last = match.index + match[0].length;
		if (run === null) {
			run = {
				start: match.index,
				end: last,
				digits: '',
				singles: 0,
				pieces: 0,
				isSpoken: false,
				isCounting: false,
			};
			climb = 0;
			latest = -1;
			runs.push(run);
		}
		const isUnit = UNITS.has(word);
		const completes = tens !== '' && isUnit && digits !== '0';
		run.digits = completes ? run.digits.slice(0, -1) + digits : run.digits + digits.repeat(repeat);
		run.singles += isUnit || digits.length === 1 ? repeat : 0;
		run.pieces += 1;
		climb = Number(digits) === latest + 1 ? climb + 1 : 0;
		run.isCounting ||= climb > 3;
		latest = Number(digits);
		run.isSpoken ||= !/^\p{Nd}/u.test(word);
		run.end = last;
		tens = TENS.has(word) ? digits : '';
		repeat = 1;
	}
	return runs;
}

function lowerOf(word: string): string {
	return /^[a-z0-9]+$/u.test(word)
		? word
		: word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}

function digitsOf(word: string): string | null {
	if (/^\p{Nd}+$/u.test(word)) {
		return word;
	}
	const tens = TENS.get(word);
	return UNITS.get(word) ?? TEENS.get(word) ?? (tens === undefined ? null : `${tens}0`);
}

function mapOf(words: Record<string, string>): Map<string, string> {
	return new Map(Object.entries(words));
}
