import type { Found } from './redaction-kind.ts';

const D = '[0-9٠-٩۰-۹]';
const MONTH =
	'(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|يناير|فبراير|مارس|أبريل|ابريل|مايو|يونيو|يوليو|أغسطس|اغسطس|سبتمبر|أكتوبر|اكتوبر|نوفمبر|ديسمبر)(?!\\p{L})';
const UNIT = '(?:one|two|three|four|five|six|seven|eight|nine)';
const TEEN = '(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)';
const ORDINAL =
	'(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))';
const UNO = '(?:uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)';
const DIA = `(?:primero|${UNO}|diez|once|doce|trece|catorce|quince|diecis[ée]is|diecisiete|dieciocho|diecinueve|veinte|veinti(?:uno|d[óo]s|tr[ée]s|cuatro|cinco|s[ée]is|siete|ocho|nueve)|treinta(?: y uno)?)`;
const DAY = `(?:${D}{1,2}(?:st|nd|rd|th)?(?!${D})|${ORDINAL}|${TEEN}|(?:twenty|thirty)(?:[- ]${UNIT})?|${UNIT}|${DIA})(?!\\p{L})`;
const YEAR = `(?:${D}{4}|['’]\\d{2}|(?:two thousand(?: and)?|twenty)(?: oh| o)?(?: (?:${UNIT}|${TEEN}))?|oh ${UNIT}|dos mil(?: ${DIA})?)(?![\\p{L}\\p{N}])`;
const DATE = [
	`${D}{1,4}[-/.]${D}{1,2}[-/.]${D}{1,4}`,
	`${D}{1,2}[-/]${D}{1,2}(?![-/]|${D})`,
	`${MONTH}\\.?,? (?:the )?${DAY}(?:,? (?:of )?${YEAR})?`,
	`(?:${DAY})(?: of| de| من)? ${MONTH}(?:(?: de| del|,)? ${YEAR})?`,
].join('|');
const BIRTH =
	"(?:born|birthday|birthdate|birth date|date of birth|d\\.?o\\.?b\\.?|bday|b-day|turn(?:ed|s|ing)?|i['’]?ll be|gonna be|naci(?:do|da)?|nac[ií]|cumplea[ñn]os|cumplo|nacimiento|ولدت|ولد|ميلادي|ميلاده|ميلادها|ميلاد|مواليد)(?!\\p{L})";
const SAID_BETWEEN =
	"(?:[\\s,:;]{1,3}|['’]s(?= )|s(?= )|is(?= )|was(?= )|on(?= )|the(?= )|el(?= )|es(?= )|in(?= )|so(?= )|i(?= )|said(?= )|put(?= )|it['’]?s(?= )|like(?= )|uh(?= )|um(?= )|my(?= )|mine['’]?s(?= )|\\d{2}(?= on )|(?:thirteen|fourteen|fifteen|sixteen|seventeen|eighteen)(?= )|años(?= )|هو(?= )|في(?= )|يوم(?= ))";
const BORN = new RegExp(`(?<![\\p{L}])${BIRTH}${SAID_BETWEEN}{0,9}(?<date>${DATE})`, 'dgiu');
/** The date first: 'july 4th is my birthday', 'mine's march 3rd so my birthday …'. */
const DATE_FIRST = new RegExp(
	`(?<![\\p{L}\\p{N}/-])(?<date>${DATE})(?=(?:,| is| was| es)? (?:is |was |es |so |that's |thats )?(?:my|his|her|their|mi|su) (?:birthday|bday|birth date|date of birth|cumplea[ñn]os))`,
	'dgiu',
);
const NEEDS =
	/born|birth|bday|b-day|dob|d\.o\.b|turn|(?:gonna|ll) be |naci|nac[ií]|cumpl|ولد|ميلاد|مواليد/iu;
const NEEDS_DAY = /birthday|bday|birth date|date of birth|cumplea/iu;

/** Dates that are somebody's day of birth; other dates stay, and a year alone stays. */
export function findBirthDates(text: string): Found[] {
	if (!NEEDS.test(text)) {
		return [];
	}
	const patterns = NEEDS_DAY.test(text) ? [BORN, DATE_FIRST] : [BORN];
	return patterns.flatMap((pattern) =>
		Array.from(text.matchAll(pattern), (match) => {
			const [start, end] = match.indices?.groups?.['date'] ?? [0, 0];
			return { kind: 'birth_date' as const, start, end };
		}),
	);
}
