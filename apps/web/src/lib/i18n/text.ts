import { createInstance } from 'i18next';
import accountEn from './account.en.json' with { type: 'json' };
import commonAr from './common.ar.json' with { type: 'json' };
import commonEn from './common.en.json' with { type: 'json' };
import commonEs from './common.es.json' with { type: 'json' };
import type { Language } from './languages.ts';
import letterAr from './letter.ar.json' with { type: 'json' };
import letterEn from './letter.en.json' with { type: 'json' };
import letterEs from './letter.es.json' with { type: 'json' };
import planEn from './plan.en.json' with { type: 'json' };
import placesEn from './places.en.json' with { type: 'json' };
import publicAr from './public.ar.json' with { type: 'json' };
import publicEn from './public.en.json' with { type: 'json' };
import publicEs from './public.es.json' with { type: 'json' };
import recorderEn from './recorder.en.json' with { type: 'json' };
import roomEn from './room.en.json' with { type: 'json' };
import rowsEn from './rows.en.json' with { type: 'json' };
import staffEn from './staff.en.json' with { type: 'json' };
import studentAr from './student.ar.json' with { type: 'json' };
import studentEn from './student.en.json' with { type: 'json' };
import studentEs from './student.es.json' with { type: 'json' };
import voicesAr from './voices.ar.json' with { type: 'json' };
import voicesEn from './voices.en.json' with { type: 'json' };
import voicesEs from './voices.es.json' with { type: 'json' };
import recordingsEn from './recordings.en.json' with { type: 'json' };
import voicesTeamEn from './voices-team.en.json' with { type: 'json' };
import transcriptEn from './transcript.en.json' with { type: 'json' };

interface Catalogues {
	/** Accounts of the team: second factor, sessions, the record of what was done. English. */
	account: typeof accountEn;
	/** Shells and primitives, everywhere. */
	common: typeof commonEn;
	/** What students read. */
	student: typeof studentEn;
	/** What families, the board and the public read, charts included. */
	public: typeof publicEn;
	/** Invitations and slips of dialog sessions, on paper. */
	letter: typeof letterEn;
	/** How dialog sessions are planned: English. */
	plan: typeof planEn;
	/** Schools, student groups and steps of an engagement: English. */
	places: typeof placesEn;
	/** How the rows of a survey leave as a file: English. */
	rows: typeof rowsEn;
	/** What the team reads: English. */
	staff: typeof staffEn;
	/** The recorder, on the facilitators' tablets: English. */
	recorder: typeof recorderEn;
	/** What those who sat in a dialog session read afterwards. */
	voices: typeof voicesEn;
	/** What the team reads of dialog sessions as evidence: English. */
	recordings: typeof recordingsEn;
	'voices-team': typeof voicesTeamEn;
	/** What facilitators read in the room: English. What they read aloud comes with the session. */
	room: typeof roomEn;
	/** Transcripts of dialog sessions: English. */
	transcript: typeof transcriptEn;
}

export type Namespace = keyof Catalogues;

type WithoutPlural<Key> =
	Key extends `${infer Base}_${'zero' | 'one' | 'two' | 'few' | 'many' | 'other'}` ? Base : Key;

export type Key<Name extends Namespace> = WithoutPlural<keyof Catalogues[Name] & string>;

/** A message of one catalogue in one language; `count` picks the plural form. */
export type Text<Name extends Namespace> = (
	key: Key<Name>,
	values?: Record<string, string | number>,
) => string;

export const catalogues = {
	en: {
		common: commonEn,
		student: studentEn,
		public: publicEn,
		letter: letterEn,
		account: accountEn,
		places: placesEn,
		plan: planEn,
		rows: rowsEn,
		staff: staffEn,
		recorder: recorderEn,
		voices: voicesEn,
		recordings: recordingsEn,
		'voices-team': voicesTeamEn,
		room: roomEn,
		transcript: transcriptEn,
	},
	es: {
		common: commonEs,
		student: studentEs,
		public: publicEs,
		voices: voicesEs,
		letter: letterEs,
	},
	ar: {
		common: commonAr,
		student: studentAr,
		public: publicAr,
		voices: voicesAr,
		letter: letterAr,
	},
};

const messages = createInstance({
	resources: catalogues,
	fallbackLng: 'en',
	defaultNS: 'common',
	keySeparator: false,
	nsSeparator: false,
	initAsync: false,
	// Svelte escapes what it renders.
	interpolation: { escapeValue: false },
});
void messages.init();

const made = new Map<string, (key: string, values?: Record<string, string | number>) => string>();

/** The messages of a catalogue in a language; of a request nothing is remembered. */
export function text<Name extends Namespace>(namespace: Name, language: Language): Text<Name> {
	const name = `${namespace}/${language}`;
	const known = made.get(name);
	if (known) {
		return known;
	}
	const fixed = messages.getFixedT(language, namespace);
	// A plain string: i18next would check the key once more against catalogues it does not know.
	const found = (key: string, values = {}) => fixed(key, values);
	made.set(name, found);
	return found;
}

/** Keeps words of another language in their own direction inside a sentence. */
export function isolateWords(words: string): string {
	return `\u2068${words}\u2069`;
}

/** Making a format takes longer than a page may. */
const numberFormats = {
	en: new Intl.NumberFormat('en-u-nu-latn'),
	es: new Intl.NumberFormat('es-u-nu-latn'),
	ar: new Intl.NumberFormat('ar-u-nu-latn'),
};

/** A whole number as written in a language, with the digits 0–9 that the charts use. */
export function formatNumber(value: number, language: Language): string {
	return numberFormats[language].format(value);
}

/** A wall clock's time (`08:30`) as it is written in a language. */
export function formatTime(time: string, language: Language): string {
	const format = new Intl.DateTimeFormat(`${language === 'en' ? 'en-US' : language}-u-nu-latn`, {
		timeStyle: 'short',
		timeZone: 'UTC',
	});
	return format.format(new Date(`2026-01-01T${time}:00Z`));
}

/** A calendar date (`2026-03-02`) in words. */
export function formatDate(date: string, language: Language): string {
	const format = new Intl.DateTimeFormat(`${language}-u-nu-latn`, {
		dateStyle: 'long',
		timeZone: 'UTC',
	});
	return format.format(new Date(`${date.slice(0, 10)}T00:00:00Z`));
}
