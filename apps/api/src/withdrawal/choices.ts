import { CONSENT_SCOPES, type ConsentScope } from '@throughline/analysis/dialog';
import type { ChartLanguage } from '../results/charts/words.ts';

/** What a person can take back, from least to most. */
export const withdrawalChoices = ['voice', 'quotes', 'everything'] as const;
export type WithdrawalChoice = (typeof withdrawalChoices)[number];

/** What each takes out of the consent ledger. */
export const scopesOf: Record<WithdrawalChoice, readonly ConsentScope[]> = {
	voice: ['voice_played', 'kept'],
	quotes: ['quoted', 'voice_played'],
	everything: CONSENT_SCOPES,
};

/**
 * What happens with each, in the words a person reads before they say yes. Stored with the entries
 * of the ledger they lead to, so that it can be shown what was promised.
 */
export const withdrawalWords: Record<WithdrawalChoice, Record<ChartLanguage, string>> = {
	voice: {
		en: 'Nobody will hear your voice any more. Where you speak in the recording, there will be silence. What you said stays in writing, without your name.',
		es: 'Nadie volverá a oír tu voz. En las partes de la grabación donde hablas habrá silencio. Lo que dijiste queda por escrito, sin tu nombre.',
		ar: 'لن يسمع أحد صوتك بعد الآن. حيث تتكلم في التسجيل سيكون هناك صمت. ما قلته يبقى مكتوبًا بدون اسمك.',
	},
	quotes: {
		en: 'Your words will not be quoted any more and your voice will not be played. Reports that quoted you show that the words were taken back. What you said still counts in the themes, without your name.',
		es: 'Tus palabras ya no se citarán y tu voz no se reproducirá. Los informes que te citaron mostrarán que las palabras se retiraron. Lo que dijiste sigue contando en los temas, sin tu nombre.',
		ar: 'لن تُقتبس كلماتك بعد الآن ولن يُشغَّل صوتك. التقارير التي اقتبستك ستُظهر أن الكلمات سُحبت. ما قلته يبقى محسوبًا في المواضيع بدون اسمك.',
	},
	everything: {
		en: 'Nothing you said will be used any more. It will not be read, counted, quoted or played. Reports that quoted you show that the words were taken back, and the team looks again at what rested on them. This cannot be undone.',
		es: 'Nada de lo que dijiste se usará más. No se leerá, contará, citará ni reproducirá. Los informes que te citaron mostrarán que las palabras se retiraron, y el equipo revisará lo que se apoyaba en ellas. Esto no se puede deshacer.',
		ar: 'لن يُستخدم أي شيء قلته بعد الآن. لن يُقرأ ولن يُحسب ولن يُقتبس ولن يُشغَّل. التقارير التي اقتبستك ستُظهر أن الكلمات سُحبت، وسيراجع الفريق ما استند إليها. لا يمكن التراجع عن هذا.',
	},
};
