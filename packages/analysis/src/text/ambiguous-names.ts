import { setOf } from './cue-words.ts';

/** Names that are so often other words that in lower case nothing makes them names. */
export const NEVER_LOWER: ReadonlySet<string> = setOf(
	`said guy king queen star buddy bud junior prince princess love major sunny my an so to do no her see say way
	long hang van sir chance justice royal sai mai lo le ho hall day good best strong short small may_be le la
	lee_ who ya yen son tan hai ha vi vu tin loc dung tram say eh ku moo wah lah dah gay poe sol paz cruz mar luz flor
	rosa perla reina refugio caridad concepcion socorro santos reyes pa bo der ia kee kub xa house baker do case
	west park rush hunt church wise fish rice price page fields waters rivers walls cherry lane bass cook bird`,
);
/** Names that are verbs as well: 'my friend will tell you'. */
export const VERBISH: ReadonlySet<string> = setOf(
	'will may mark hope drew rob bill chase grant pat sue art frank trace foster wade pierce rich max said grace joy faith',
);
/** After one of these a clause begins, so the word that follows can be who did something. */
export const CLAUSE: ReadonlySet<string> = setOf(
	`and then but so when that because cause cuz coz like if think thought said say yeah no um uh well mean ok okay plus
	y que pero porque cuando pues entonces where while until after before since as even only n or also know guess feel heard swear`,
);
/** Names of one list that are the commonest words of another language. */
export const FUNCTION_WORDS: ReadonlySet<string> = setOf(
	'my said an so to do no her see say way sir or in you may_be lo le la el al de da son van',
);
/** In lower case, names of three letters that are hardly ever a typing error or another word. */
export const SHORT_LOWER: ReadonlySet<string> = setOf(
	'ben sam tom tim joe ian eva ava mia kai leo zoe ana ali dan ron jim bob amy kim liz meg jen jon ken zac abe eli deb ned gus hal lou kat pam roy val vic wes ann ivy noe luz joy mei nur abi lex asa rex jax liv van fue tou yer',
);
/** First names that are initials. */
export const INITIALS: ReadonlySet<string> = setOf('aj cj tj jj rj kj jt jp');
/** Names that are among the commonest words of Spanish. */
export const SPANISH_WORDS: ReadonlySet<string> = setOf(
	'ella mira haya dan linda dulce blanca alma alba pasa sana este vera mar sol luz paz rosa flor nada vida reina cruz angel clara gloria lana marina',
);
