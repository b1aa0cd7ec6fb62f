import { words } from './words.ts';

/**
 * Ways to say nothing, word by word as `words` gives them. A phrase counts only when it is the
 * whole answer: 'nothing' is a non-answer, 'nothing is done about bullying' is not.
 */
const PHRASES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
	[
		'en',
		phrases(`idk|i dk|dk|dunno|i dunno|idek|idc|i don't know|i dont know|i do not know|don't know|
			dont know|do not know|not sure|im not sure|i'm not sure|i am not sure|unsure|no idea|i have no idea|
			n a|na|none|non|nil|null|nope|nah|no|nothing|nothing really|nothing much|nothing at all|
			nothing else|nothing to say|nothing to add|nothing more|nothing comes to mind|not really|
			no comment|no comments|no answer|no response|no opinion|no thanks|no thank you|no reason|
			i don't care|i dont care|don't care|dont care|whatever|skip|pass|blank|not applicable|
			doesn't apply|does not apply|prefer not to say|i'd rather not say|rather not say|
			can't think of anything|cant think of anything|i can't think of anything|
			i have nothing to say|i got nothing|not that i know of|not at the moment|meh|idk sorry|
			idk really|i really don't know|i really dont know|asdf|asdfghjkl|test|xxx|lol|lol idk`),
	],
	[
		'es',
		phrases(`no sé|no se|nose|no lo sé|no lo se|yo no sé|yo no se|ns|nc|ns nc|n a|na|nada|nada más|nada mas|
			ninguno|ninguna|ningún|no|nop|no hay|no tengo|no tengo nada que decir|nada que decir|
			nada que agregar|no aplica|no procede|sin comentarios|sin comentario|sin respuesta|
			no respondo|prefiero no decir|prefiero no decirlo|prefiero no contestar|no estoy seguro|
			no estoy segura|ni idea|no tengo idea|no me importa|me da igual|paso|no recuerdo|
			nada en particular|nada en especial|no sabría decir|quién sabe|quien sabe`),
	],
	[
		'ar',
		phrases(`لا أعرف|لا اعرف|لا أعلم|لا اعلم|لا أدري|لا ادري|ما أعرف|ما اعرف|ما أدري|ما ادري|مدري|
			لا شيء|لا شي|لاشيء|لا يوجد|لايوجد|لا يوجد شيء|لا ينطبق|غير منطبق|لا تعليق|بدون تعليق|
			لا|كلا|ليس لدي|ليس لدي ما أقوله|لست متأكدا|لست متأكدة|لست متأكد|غير متأكد|لا يهم|لا يهمني|
			أفضل عدم الإجابة|افضل عدم الاجابة|أفضل ألا أقول|ولا شيء|ولا شي`),
	],
	[
		'fr',
		phrases(`je ne sais pas|je sais pas|jsp|chais pas|sais pas|aucune idée|rien|rien du tout|
			rien à dire|rien à ajouter|aucun|aucune|non|n a|na|sans réponse|sans opinion|pas de réponse|
			pas de commentaire|je préfère ne pas répondre|ne s'applique pas|pas sûr|pas sûre`),
	],
	['so', phrases('ma aqaan|ma garanayo|waxba|maya|ma jiro|waxba ma jiro')],
	['hmn', phrases('kuv tsis paub|tsis paub|tsis muaj|tsis muaj dab tsi')],
	['vi', phrases('không biết|tôi không biết|em không biết|không có|không|không có gì')],
	['zh', phrases('不知道|我不知道|没有|沒有|无|無|没意见|沒意見')],
]);

/**
 * Whether an answer says nothing to code: blank, marks only, one keyboard letter over and over, or
 * a phrase such as 'idk', 'n/a', 'no sé' or 'لا أعرف' and no more. English and the given
 * language (a tag such as `es` or `ar-IQ`) are looked at, whatever the case and the marks around.
 *
 * 'Nothing' can be an answer ('What would you change?'); whether non-answers are left out of
 * coding is for the caller to say.
 *
 * @example isNonAnswer('IDK!!', 'en') // true
 * @example isNonAnswer('No sé qué decir del autobús', 'es') // false
 */
export function isNonAnswer(text: string, language: string): boolean {
	const found = words(text);
	const isEmpty = found.every((word) => [...word].length === 1 && /\p{M}/u.test(word));
	if (isEmpty) {
		return !/\p{Extended_Pictographic}/u.test(text);
	}
	const said = found.join(' ');
	if (/^(\p{L})\1*$/u.test(said) && found.length === 1 && !/[\p{Lo}]/u.test(said)) {
		return true;
	}
	const primary = language.toLowerCase().split(/[-_]/u)[0] ?? '';
	return isPhrase(said, primary) || isPhrase(said, 'en');
}

function isPhrase(said: string, language: string): boolean {
	return PHRASES.get(language)?.has(said) ?? false;
}

function phrases(list: string): ReadonlySet<string> {
	return new Set(list.split('|').map((phrase) => words(phrase).join(' ')));
}
