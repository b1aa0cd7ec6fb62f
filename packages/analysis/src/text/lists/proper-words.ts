/**
 * What is written with a capital and is no person: months, peoples, languages, places, brands,
 * subjects; lower case, without accents. They stay readable unless a roster lists them.
 */
const WORDS = `
january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
mondays tuesdays wednesdays thursdays fridays saturdays sundays christmas easter halloween thanksgiving ramadan eid diwali hanukkah juneteenth kwanzaa hmong
somali somalis ojibwe anishinaabe anishinaabemowin dakota lakota mexican mexicans spanish english arabic vietnamese chinese korean japanese karen french german german latin
african africans american americans asian asians european native indigenous indian indians hispanic latino latina latinos latinas latinx chicano chicana muslim muslims christian
christians catholic catholics lutheran jewish jews jew hindu buddhist sikh islam christianity judaism arab arabs ethiopian ethiopians oromo amharic liberian nigerian kenyan
eritrean sudanese congolese swahili syrian iraqi afghan pashto dari persian farsi turkish kurdish russian ukrainian norwegian swedish finnish danish italian irish scottish
british canadian polish portuguese brazilian colombian ecuadorian guatemalan honduran salvadoran cuban dominican filipino tagalog lao laotian thai cambodian khmer burmese tibetan nepali
puerto rican ricans boricua karenni igbo yoruba mayan quechua menominee cherokee navajo apache choctaw bipoc poc hawaiian samoan tongan jamaican haitian bosnian serbian croatian greek dutch hungarian romanian austrian swiss peruvian bolivian venezuelan chilean argentinian ugandan rwandan tanzanian ghanaian senegalese ivorian malian egyptian moroccan tunisian algerian libyan lebanese jordanian palestinian israeli saudi yemeni kuwaiti emirati mongolian malaysian indonesian singaporean bhutanese punjabi gujarati tamil telugu urdu bengali pakistani bangladeshi black white brown caucasian lgbtq lgbt trans god allah jesus christ quran bible prophet
minnesota minneapolis duluth paul st hibbing bemidji rochester mankato superior hermantown proctor cloquet virginia wisconsin iowa dakota chicago milwaukee madison michigan illinois texas
california florida arizona nevada ohio indiana missouri montana nebraska kansas oklahoma colorado oregon idaho utah york jersey boston seattle portland denver dallas houston austin
atlanta memphis nashville detroit cleveland philadelphia pittsburgh baltimore orlando miami vegas hollywood compton brooklyn bronx harlem america usa us mexico canada somalia kenya ethiopia nigeria
liberia ghana egypt syria iraq iran afghanistan palestine israel gaza ukraine russia china japan korea vietnam laos thailand burma myanmar india pakistan africa europe asia england germany
france italy spain ireland norway sweden finland cuba haiti honduras guatemala salvador colombia ecuador venezuela brazil argentina jamaica denfeld midwest southside northside westside eastside
uptown downtown frogtown rondo walmart target costco starbucks mcdonalds mcdonald wendys chipotle subway dominos culvers arbys popeyes kfc dunkin nike nikes adidas jordans jordan
gucci supreme yeezy yeezys crocs vans converse lululemon shein amazon google apple microsoft chromebook chromebooks chrome ipad ipads iphone iphones android samsung airpods macbook xbox
playstation ps5 nintendo fortnite minecraft roblox valorant madden 2k tiktok instagram insta snapchat snap facebook youtube twitter discord reddit whatsapp twitch netflix hulu disney hbo
spotify pandora uber lyft doordash venmo cashapp zelle paypal zoom schoology canvas kahoot quizlet gaggle goguardian securly infinite campus powerschool seesaw chatgpt wikipedia gmail outlook
advil tylenol adderall narcan visa mastercard paypal juul takis doritos cheetos gatorade celsius prime monster skittles oreo oreos honda toyota ford chevy dodge kia jeep subaru tesla bmw hummer
taser tasers glock band-aid kleenex sharpie sharpies velcro jello popsicle zamboni vikings twins wild timberwolves wolves lynx packers lakers bulls gophers huskies bulldogs
greyhounds hawks tigers eagles lumberjacks spartans trojans raiders titans mariners warriors algebra geometry calculus trigonometry precalculus biology chemistry physics english history
spanish civics econ economics government psych psychology sociology art band choir orchestra phy phys pe gym ap ib cis pseo stem avid deca fccla ffa robotics homeroom
advisory wrestlemania nba nfl mlb nhl wnba ncaa fbi cia ice dea atf doj naacp aclu blm sro sros pbis iep ieps mtss dare sat act psat mca mcas gpa
covid corona constitution amendment congress senate house democrat democrats republican republicans maga senator governor mayor president pride capitol supreme
spiderman batman superman marvel avengers pokemon pikachu naruto mario zelda barbie hamilton frozen encanto moana shrek mockingbird othello macbeth hamlet odyssey beowulf
title section chapter act scene level zone unit phase tier main superior grand lake hill valley ridge point creek river bay park cedar narrows tamarack granite birch hollow heron quarry mill
voice speaker student students teacher facilitator narrator interviewer moderator participant group table prompt q a unknown all both everyone class audience crosstalk inaudible laughter
mom mommy mama dad daddy papa grandma grandpa auntie uncle nana grandmother grandfather tia tio abuela abuelo principal officer coach deputy sergeant dean superintendent nurse sheriff chief señora señor señorita miss mister maestra maestro profe`;

/** Words with a capital that are no person. */
export const PROPER_WORDS: ReadonlySet<string> = new Set(
	WORDS.normalize('NFD').replace(/\p{M}/gu, '').trim().split(/\s+/u),
);

/** Words that make the name before them a school, a street, a holiday, a law, a shop. */
export const MAKES_A_PLACE: ReadonlySet<string> = new Set(
	`high middle elementary school schools academy college university institute prep charter montessori alc campus park
	street st avenue ave road rd boulevard blvd lane drive parkway highway bridge hall stadium arena gym gymnasium center centre
	library hospital clinic church mosque temple synagogue field lake river creek bay hills heights falls county city township
	reservation building auditorium theater theatre museum mall square plaza foundation award scholarship day act law bill amendment
	report center's memorial airport station inn cafe pizza donuts burgers street's harbor island beach point valley pass trail
	jv varsity hs ms elem nation tribe band language people community alert rights syndrome disease program
	police department pd ln rd dr blvd pkwy hwy ave co cafe wing building ward house estate golf farms`
		.trim()
		.split(/\s+/u),
);
