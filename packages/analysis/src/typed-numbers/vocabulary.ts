/** Words of sentences about students, in the languages of the public pages. */

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/u).filter(Boolean));

/** Number words. Spanish 'once' is English 'once', and counts before a Spanish noun only. */
export const SMALL: ReadonlyMap<string, number> = new Map([
	...numbered('zero one two three four five six seven eight nine ten eleven twelve', 0),
	...numbered('thirteen fourteen fifteen sixteen seventeen eighteen nineteen', 13),
	...numbered('dos tres cuatro cinco seis siete ocho nueve diez', 2),
	...numbered('doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte', 12),
	...numbered('ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة', 3),
	...numbered('ثلاث أربع خمس ست سبع ثماني تسع عشر', 3),
	...tens('twenty thirty forty fifty sixty seventy eighty ninety'),
	...tens('veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa'),
	...tens('عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون'),
	...tens('عشرين ثلاثين أربعين خمسين ستين سبعين ثمانين تسعين'),
]);

export const MULTIPLES: ReadonlyMap<string, number> = new Map([
	['hundred', 100],
	['thousand', 1000],
	['cien', 100],
	['ciento', 100],
	['mil', 1000],
	['مئة', 100],
	['مائة', 100],
	['ألف', 1000],
]);

/** Words that stand for a number after 'a' or a number: 'a dozen', 'two dozen'. */
export const DOZENS: ReadonlyMap<string, number> = new Map([
	['dozen', 12],
	['docena', 12],
	['couple', 2],
	['pair', 2],
	['par', 2],
]);

/** Numbers left open: 'dozens of students'. */
export const OPEN_NUMBERS = list('dozens hundreds thousands docenas cientos miles scores handful');

/** Parts of a whole, in percent of one of them. */
export const PARTS: ReadonlyMap<string, number> = new Map([
	...part('third thirds tercio tercios', 100 / 3),
	...part('quarter quarters cuarto', 25),
	...part('fifth fifths quinto', 20),
	...part('sixth sixths', 100 / 6),
	...part('eighth eighths', 12.5),
	...part('tenth tenths décimo', 10),
]);
export const HALVES = list('half mitad نصف');
/** Arabic parts stand alone. */
export const ARABIC_PARTS: ReadonlyMap<string, number> = new Map([
	['ثلث', 100 / 3],
	['ربع', 25],
	['خمس', 20],
]);

export const PEOPLE =
	list(`students people persons pupils kids children teens teenagers youth youths
	respondents participants learners classmates peers graders girls boys men women seniors juniors
	sophomores freshmen leaders families parents guardians teachers adults
	responses answers voices comments mentions replies
	estudiantes alumnos alumnas personas jóvenes niños niñas chicos chicas familias padres
	طلاب الطلاب طالبات الطالبات طالباً طالبا طالبةً طالبة أشخاص شخص شخصا شخصاً تلاميذ`);
export const PERSON = list(
	'student person pupil kid child teen teenager respondent participant grader girl boy senior junior sophomore freshman learner estudiante alumno alumna persona طالب طالبة شخص',
);
/** Arabic says two of them in the noun alone. */
export const PAIRS = list('طالبان طالبين طالبتان طالبتين شخصان شخصين تلميذان تلميذين');
/** People of a group by the noun itself. */
export const GROUP_NOUNS = list(
	'girls boys girl boy men women seniors juniors sophomores freshmen senior junior sophomore freshman graders grader niñas niños chicas chicos الطالبات طالبات',
);
export const GROUP_WORDS = list(`white black brown native female male trans transgender nonbinary
	non-binary gay queer lgbtq disabled immigrant refugee muslim hispanic latino latina latinx asian
	indian multiracial first-year grade grades graders school class homeroom color ninth-grade
	tenth-grade eleventh-grade twelfth-grade ninth tenth eleventh twelfth 6th 7th 8th 9th 10th 11th
	12th 9th-grade 10th-grade 11th-grade 12th-grade blancos blancas negros negras grado escuela color
	الصف مدرسة المدرسة`);

/** What people do in a finding. */
export const SAID =
	list(`say says said tell tells told write writes wrote answer answers answered agree
	agrees agreed disagree disagrees disagreed report reports reported choose chooses chose chosen pick
	picked feel feels felt want wants wanted think thinks thought mention mentions mentioned describe
	describes described ask asks asked named raised wrote skipped refused object objects objected
	prefer prefers preferred know knew see saw trust trusts voted did didn't don't dice dijo dijeron
	dicen respondieron contestaron quieren sienten piensan opinan eligieron pidieron
	قال قالوا قالت يقولون أجاب أجابوا يريدون يشعرون اختاروا`);
/** What ends the words between a number and its noun. */
export const LINKS =
	list(`and or but to in at on by per for from with without that which who whom whose
	when where while than as is are was were be been has have had do does a an the if so not y o pero en
	por para con que quien cuando es son fue eran و في من على إلى مع`);
export const OF = list('of de del من');
export const PLACES = list('of at from in de del en من في');
export const DETERMINERS = list('the these those our all its their los las el la estos estas');
export const PRONOUNS = list('them those us these ellos ellas منهم');

/** What a number after one of these names, rather than counts. */
export const LABELS =
	list(`grade grades grado grados level levels section sections sec article articles
	art clause clauses chapter page pages question questions table figure chart item items number no
	nr room route line version step day period statement statements policy subd subdivision form age
	ages aged year years title part appendix district phase option rule session class v § # الصف`);
/** What is counted and is no person. */
export const THINGS =
	list(`hour hours hr hrs minute minutes min second seconds day days week weeks month
	months year years semester semesters quarter quarters term terms period periods time times am pm
	o'clock dollars dollar usd cents euros pesos miles feet meters points schools sites officers
	officer sros questions statements places buildings doors lunches floors rooms meetings sessions
	visits reviews trainings members administrators seats groups cases rows pages sections clauses articles themes options languages steps
	recommendations findings horas hora minutos días día semanas semana meses mes años año veces
	escuelas dólares ساعة ساعات يوم أيام أسبوع أسابيع شهر أشهر سنة سنوات مرات دقيقة دقائق`);
export const MONTHS =
	list(`january february march april may june july august september october november
	december jan feb mar apr jun jul aug sep sept oct nov dec enero febrero marzo abril mayo junio julio
	agosto septiembre octubre noviembre diciembre spring summer fall autumn winter`);
export const PERCENTS = list('% percent pct بالمئة بالمائة');

function numbered(words: string, first: number): [string, number][] {
	return words.split(' ').map((word, index) => [word, first + index]);
}

function tens(words: string): [string, number][] {
	return words.split(' ').map((word, index) => [word, 20 + 10 * index]);
}

function part(words: string, percent: number): [string, number][] {
	return words.split(' ').map((word) => [word, percent]);
}
