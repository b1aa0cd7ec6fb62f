/** Words whose company makes a word a name: titles, nouns for people, verbs of people. */

/** A list of words as a set. */
export function setOf(words: string): ReadonlySet<string> {
	return new Set(words.trim().split(/\s+/u));
}

/** Titles that nothing but a name follows. */
export const TITLES: ReadonlySet<string> = setOf(
	'mr mrs ms mx mister missus sra srta señorita senorita sgt mz',
);
/** Titles that are nouns as well: 'the officer said'. */
export const NOUN_TITLES: ReadonlySet<string> = setOf(
	`miss dr doctor coach officer officers deputy principal president sergeant sr prof professor senor senora oficial
	maestro maestra profe profesor profesora director directora don doña nurse dean detective sheriff chief
	captain lieutenant lt cpl corporal superintendent counselor pastor imam uncle aunt auntie aunty tia tio
	mayor judge rev reverend father brother sister grandma grandpa abuela abuelo trooper commander agent
	commissioner advisor adviser rep librarian custodian janitor interpreter liaison mediator macalin eeddo adeer`,
);
/** Nouns for a person that a name often follows: 'my friend X'. */
export const PERSON_NOUNS: ReadonlySet<string> = setOf(
	`friend bestie homie homegirl homeboy boy girl guy kid dude brother bro sister sis cousin nephew niece
	teammate classmate partner girlfriend boyfriend ex neighbor roommate teacher student buddy lil counselor
	stepbrother stepsister stepdad stepmom amigo amiga hermano hermana primo prima companero companera novio
	novia chavo chava muchacho muchacha maestro maestra alumno alumna sobrino sobrina para sub therapist mentor`,
);
/** Of these nouns, those that other nouns follow as well: 'student loan'. */
export const LOOSE_NOUNS: ReadonlySet<string> = setOf(
	'teacher student para sub counselor therapist mentor ex lil guy boy girl kid dude bro maestro maestra alumno alumna partner buddy',
);
/** What a name is not, after 'named': 'an app called …'. */
export const THING_NOUNS: ReadonlySet<string> = setOf(
	`app apps program book game movie show song band school place store street town city dog cat pet website
	site class club group page account channel team thing something system software company drug disease
	restaurant shop park law act word it this that one what escuela programa libro juego pelicula lugar perro
	gato grupo clase cosa tienda calle`,
);
export const INTRODUCTIONS: ReadonlySet<string> = new Set(
	[
		'my name is',
		'my name',
		'my names',
		'his name is',
		'her name is',
		'their name is',
		'name was',
		'name is',
		'names is',
		'name',
		'his names',
		'her names',
		'last name is',
		'first name is',
		'nickname is',
		'i go by',
		'she goes by',
		'he goes by',
		'they go by',
		'goes by',
		'go by',
		'me llamo',
		'mi nombre es',
		'su nombre es',
		'nombre es',
		'se llama',
		'se llamaba',
		'me dicen',
		'le dicen',
		"m'appelle",
		'magacaygu waa',
		'magacaygu',
		'magaciisu waa',
		'magaceedu waa',
		'lub npe hu ua',
		'npe hu ua',
		'npe yog',
		'named',
		'apellido es',
	].map((phrase) => phrase.normalize('NFD').replace(/\p{M}/gu, '')),
);
export const CALLED: ReadonlySet<string> = setOf('call calls called');
export const CALLED_WHOM: ReadonlySet<string> = setOf('me him her them us');
export const GREETINGS: ReadonlySet<string> = setOf(
	'hey hi hello yo thanks sorry bye shoutout oye gracias hola ven adios ey ayo dear',
);
export const GREETING_PAIRS: ReadonlySet<string> = new Set([
	'thank you',
	'go ahead',
	'come on',
	'shoutout to',
	'out to',
	'what about',
	'how about',
	'good morning',
	'love you',
	'shut up',
	'qué onda',
	'nice job',
	'good job',
	'hold on',
	'and you',
	'over to',
	'back to',
]);
/** Verbs whose object, with a capital, is a person. */
export const TO_PERSON: ReadonlySet<string> = setOf(
	`told tell tells telling ask asked asks asking met texted text hugged arrested suspended expelled grabbed tackled pushed
	punched slapped searched cuffed handcuffed tased blamed helped thank slammed dated
	bullied jumped followed stopped questioned conoci`,
);
export const TALKED: ReadonlySet<string> = setOf(
	'talk talked talking talks said say saying spoke speak listen listened lied next apologized gave close happened did listening dijo dije dile diles',
);
/** Verbs in a form that only a person before them explains. */
export const SAID: ReadonlySet<string> = setOf(
	`said says told tells asked asks texted texts yelled yells screamed cried laughed laughs thinks thought knows
	knew wants wanted swears swore goes replied answered whispered lied lies dijo dice pregunto grito lloro
	explained agreed disagrees agrees disagreed announced promised admitted mentioned smiled fell`,
);
export const DID: ReadonlySet<string> = setOf(
	`went came walked ran sat stood grabbed pushed punched slapped kicked hates hated loves loved likes liked helped
	saw heard felt looked looks started tried gave took threw brought left moved lives lived works worked plays played
	graduated recorded posted filmed showed stopped stops sits stands comes gets makes made wears wore does
	talks talked speaks spoke transferred dropped quit hugged apologized deserves deserved needs needed says wasn't isn't
	doesn't didn't hasn't was got had has did is vino fue tiene estaba esta me also just never always like be been`,
);
export const HAPPENED: ReadonlySet<string> = setOf(
	'suspended arrested searched jumped tased expelled caught kicked written wrote stopped cuffed detention hurt yelled slammed pulled mad crying there sitting standing saying talking walking deported detained blamed profiled punished sent called hit pushed followed accused ticketed cited dijo',
);
export const DETERMINERS: ReadonlySet<string> = setOf(
	`the a an this these those my our your his her their its some any every each no one another
	el la los las un una mi tu su nuestro nuestra este esta ese esa`,
);
export const BELONGINGS: ReadonlySet<string> = setOf(
	`mom dad brother sister mother father family parents locker bag backpack phone house car friend cousin grandma
	uncle aunt hoodie name face hand arm girlfriend boyfriend desk seat fault turn mama hair birthday story`,
);
export const ASKED_AFTER: ReadonlySet<string> = setOf(
	'do what can you how did go would are were thank thanks tell please come stop have could why',
);

/** What a person does not do, or does: 'Grace doesn't have a locker'. */
export const PERSONAL: ReadonlySet<string> = setOf(
	'have want know like care even talk speak get go come feel think trust do say see need believe remember play live work',
);
/** Months, whose names are first names too. */
export const MONTHS: ReadonlySet<string> = setOf('january march april may june july august');

export const INTO_PLACE: ReadonlySet<string> = setOf(
	'in from at near en desde north south west east air saint san santa new fort lake port michael the de speak speaks speaking learn',
);
export const MOVED: ReadonlySet<string> = setOf(
	'go going went goes moved move moving drive drove flew fly trip back live lived way came come travel bus',
);
