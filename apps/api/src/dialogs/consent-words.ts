import { createHash } from 'node:crypto';
import { CONSENT_SCOPES, type ConsentScope } from '@throughline/analysis/dialog';

/** Who says them: the guardian on paper, the student in the room. */
export type ConsentVoice = 'guardian' | 'student';

interface WordsOfLanguage {
	/** Read to the group before anything begins. */
	mayStop: string;
	/** Read to the group when no sound is recorded; the same whatever the reason. */
	notesOnly: string;
	student: Record<ConsentScope, string>;
	guardian: Record<ConsentScope, string>;
}

/**
 * The very words of each scope. An entry of the ledger holds the hash of the words it rests on, and
 * the words are kept beside it: changing a line here changes nothing that was said before.
 * Spanish and Arabic are the sample's translations; a speaker approves a district's own.
 */
const WORDS: Record<string, WordsOfLanguage> = {
	en: {
		mayStop: 'Anyone may ask to stop or to pause, at any moment, without saying why.',
		notesOnly: 'Today we take notes only. No sound is recorded. What you say counts just as much.',
		student: {
			recorded: 'It is all right with me that the sound of this session is recorded.',
			transcribed: 'It is all right with me that the recording is written down.',
			quoted: 'My words may be quoted without my name.',
			voice_played: 'A part of the recording with my voice may be played to others.',
			kept: 'My part of the recording may be kept after the notes are checked.',
		},
		guardian: {
			recorded: 'My child’s voice may be recorded in this session.',
			transcribed: 'The recording may be written down.',
			quoted: 'My child’s words may be quoted without a name.',
			voice_played: 'A part of the recording with my child’s voice may be played to others.',
			kept: 'My child’s part of the recording may be kept after the notes are checked.',
		},
	},
	es: {
		mayStop: 'Cualquiera puede pedir parar o hacer una pausa, en todo momento, sin decir por qué.',
		notesOnly:
			'Hoy solo tomamos notas. No se graba el sonido. Lo que digan cuenta exactamente igual.',
		student: {
			recorded: 'Estoy de acuerdo con que se grabe el sonido de esta sesión.',
			transcribed: 'Estoy de acuerdo con que la grabación se ponga por escrito.',
			quoted: 'Mis palabras se pueden citar sin mi nombre.',
			voice_played: 'Una parte de la grabación con mi voz se puede reproducir ante otras personas.',
			kept: 'Mi parte de la grabación se puede guardar después de revisar las notas.',
		},
		guardian: {
			recorded: 'La voz de mi hijo o hija se puede grabar en esta sesión.',
			transcribed: 'La grabación se puede poner por escrito.',
			quoted: 'Las palabras de mi hijo o hija se pueden citar sin nombre.',
			voice_played:
				'Una parte de la grabación con la voz de mi hijo o hija se puede reproducir ante otras personas.',
			kept: 'La parte de mi hijo o hija se puede guardar después de revisar las notas.',
		},
	},
	ar: {
		mayStop: 'يمكن لأي شخص أن يطلب التوقف أو الاستراحة في أي لحظة دون ذكر السبب.',
		notesOnly: 'اليوم نكتب ملاحظات فقط. لا يُسجَّل أي صوت. كلامكم له القيمة نفسها.',
		student: {
			recorded: 'أوافق على تسجيل صوت هذه الجلسة.',
			transcribed: 'أوافق على كتابة ما في التسجيل.',
			quoted: 'يمكن اقتباس كلامي دون ذكر اسمي.',
			voice_played: 'يمكن تشغيل جزء من التسجيل فيه صوتي أمام الآخرين.',
			kept: 'يمكن الاحتفاظ بالجزء الخاص بي من التسجيل بعد مراجعة الملاحظات.',
		},
		guardian: {
			recorded: 'يمكن تسجيل صوت طفلي في هذه الجلسة.',
			transcribed: 'يمكن كتابة ما في التسجيل.',
			quoted: 'يمكن اقتباس كلام طفلي دون ذكر اسمه.',
			voice_played: 'يمكن تشغيل جزء من التسجيل فيه صوت طفلي أمام الآخرين.',
			kept: 'يمكن الاحتفاظ بالجزء الخاص بطفلي من التسجيل بعد مراجعة الملاحظات.',
		},
	},
};

/** One line to read, and what an entry says it rests on. */
export interface ConsentLine {
	scope: ConsentScope;
	source: ConsentVoice;
	words: string;
	/** SHA-256 of the words. */
	hash: string;
}

export interface ConsentLanguage {
	language: string;
	mayStop: string;
	notesOnly: string;
	lines: ConsentLine[];
}

/** What is read in each language there are words in, English first. */
export const consentLanguages: readonly ConsentLanguage[] = Object.entries(WORDS).map(
	([language, words]) => ({
		language,
		mayStop: words.mayStop,
		notesOnly: words.notesOnly,
		lines: (['guardian', 'student'] as const).flatMap((source) =>
			CONSENT_SCOPES.map((scope) => ({
				scope,
				source,
				words: words[source][scope],
				hash: hashWords(words[source][scope]),
			})),
		),
	}),
);

/** The line an entry rests on, or undefined when nobody was ever shown those words. */
export function findConsentLine(entry: {
	scope: ConsentScope;
	source: ConsentVoice;
	language: string;
	hash: string;
}): ConsentLine | undefined {
	return consentLanguages
		.find(({ language }) => language === entry.language)
		?.lines.find(
			(line) =>
				line.scope === entry.scope && line.source === entry.source && line.hash === entry.hash,
		);
}

/** The SHA-256 by which words are known. */
function hashWords(words: string): string {
	return createHash('sha256').update(words).digest('hex');
}
