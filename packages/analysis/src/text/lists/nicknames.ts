/** Names and the short forms that stand for them, a name first in each line. */
const SETS = `
abdirahman abdi; abdullahi abdi abdul; abigail abby abbie gail; abraham abe; adrian ade; aidan aid; albert al bert bertie
alejandra ale alex aleja; alejandro ale alex jandro; alexander alex al xander lex zander; alexandra alex lexi sandra sasha
alfonso poncho alfie; alfred al alfie fred; alfredo fredo freddy; alicia ali licia; allison allie ally; alyssa aly lyssa
amanda mandy manda; anastasia ana stacy annie; andrea andie andy drea; andrew andy drew; angela angie ange; angelica angie angel
anthony tony ant; antonio tony tono toño; arianna ari; ashley ash; augustine gus augie; beatriz bea betty; benjamin ben benny benji
bernard bernie; bernardo beto nardo; bradley brad; brandon bran; brianna bri bre; bridget bridge bridie; brooklyn brook brookie
caitlin cait katie; calvin cal; cameron cam; candelaria cande; carlos charly carlitos; carolina caro; caroline carrie caro
catherine cathy cat kate katie; cecilia ceci celia; charles charlie chuck chaz; charlotte charlie lottie char; chester chet
christian chris; christina chris tina chrissy christy; christine chris tina chrissy; christopher chris topher kit
clifford cliff; clinton clint; concepcion concha conchita; consuelo chelo; cristina cris tina; cuauhtemoc temo; cynthia cindy
daniel dan danny; daniela dani; danielle dani; david dave davey; deborah deb debbie; deandre dre; deangelo angelo; demetrius meech demi
deshawn shawn; destiny des desi dessie; dolores lola; dominic dom nick; donald don donnie; dorothy dot dottie; douglas doug; duane duke
dominique dom nikki; edgar ed; eduardo lalo eddie edu; edward ed eddie ted ned; eleanor ellie nell nora; elijah eli; elizabeth liz lizzy
elizabeth beth betsy betty eliza lizzie libby ellie liza; emanuel manny; emilia emi; emily em emmy; emiliano emi milo; enrique kike quique rick
ernesto neto ernie; esperanza espe; esteban teban; eugene gene; evelyn evie eve; ezekiel zeke; federico fede freddy; felipe pipe
fatima fati; fernanda fer; fernando fer nando; florence flo; francesca fran frankie; frances fran frankie; francis frank frankie
francisco paco pancho cisco frank; franklin frank; frederick fred freddie freddy rick; gabriel gabe gabi; gabriela gaby gabi gabby
gabriella gabby ella; gerald gerry jerry; gerardo jerry gera; gilberto beto gil; giovanni gio; gregory greg; graciela chela
guadalupe lupe lupita guada; guillermo memo willy; gustavo gus tavo; gwendolyn gwen; hannah han; harold harry hal; heriberto beto
hassan hass; heather heath; henry hank harry; hipolito polo; humberto beto; hussein hussey; ignacio nacho; ibrahim ibra ibby; isaac ike zac
isabel isa chabela bella; isabella bella izzy isa; isabelle izzy belle; isaiah zay ike; ismael isma; israel izzy; jacob jake coby
jacqueline jackie; jamal jam mal; james jim jimmy jamie; janet jan; jasmine jas jazz jazzy; javier javi; jayden jay jayd; jaylen jay
jayson jay; jayla jay; jaylon jay; jason jay jase; jeffrey jeff; jennifer jen jenny jenn; jeremiah jerry jeremy miah; jeremy jem
jerome romy; jesus chuy chucho; jessica jess jessie; jesse jess; joaquin quino; jonathan jon jonny johnny; john johnny jack jon
jordan jordy jay; jorge coque; jose pepe chepe che; josefina josie fina chepina; joseph joe joey jo; joshua josh; juan juancho juanito
joyce joy; judith judy jude; julia jules; julian jules; julieta juli; katherine kate katie kathy kat kitty; kathleen kathy kate katie
kathryn kate katie kat; kayla kay; kaylee kay; kenneth ken kenny; kevin kev; khadija khadi dija; kimberly kim kimmy; kristen kris
kristin kris; kristina kris tina; laura lau laurie; lawrence larry; leonard leo len lenny; leonardo leo; leticia lety; leroy roy
liliana lily lili; lillian lily lil; lorenzo enzo; lucas luke; lucia lucy; luis lucho; mackenzie mack kenzie; madeline maddie maddy
madelyn maddie; madison maddie maddy; magdalena magda lena; malik lik; manuel manny manolo; marcus marc; margaret maggie meg peg peggy
margarita margo rita mago; maria mari; maribel mari; marisol mari; martin marty; marvin marv; matthew matt matty; mauricio mau
maximilian max; maxwell max; megan meg; melanie mel; melissa mel missy; mercedes meche merche; michael mike mikey mick; michelle shelly
miguel mike migue; mohamed mo moh mohammed muhammad; mohammed mo moh mohamed; mohammad mo; muhammad mo mohamed; moises moy moi
montserrat montse; mustafa musty stafa; nancy nan; natalia nat nata; natalie nat; natasha tasha nat; nathan nate nat; nathaniel nate nat
nathaniel nathan; nevaeh vay nev; nicholas nick nicky; nicole nikki nicki nic; nicolas nico; oliver ollie; olivia liv livvy; omar omi
osvaldo valdo; pablo pablito; pamela pam; patricia pat patty trish tricia; patricio pato; patrick pat paddy; paul paulie; pedro pedrito
penelope penny; peter pete; philip phil; phillip phil; quentin quin; rachel rach; rafael rafa; ramon moncho; raymond ray; rebecca becca
rebecca becky beck; reginald reggie; ricardo rick richie ricky cardo; richard rick ricky rich richie dick; robert rob bob bobby robbie bert
roberto beto rob bobby; rodolfo fito rudy; rodrigo rod rigo; rogelio roger; ronald ron ronnie; rosario chayo; rosa rosita; roxana roxy
ruben rube; russell russ; salvador chava sal; samantha sam sammy; samuel sam sammy; sandra sandy; santiago santi chago yago
savannah savvy vanna; sebastian seb bas sebas; sergio checo; sharmarke sharma; sierra cece; silvia chivis; socorro coco; sofia sofi
sophia sophie soph; stephanie steph; stephen steve stevie; steven steve stevie; susan sue susie; sylvia syl; tabitha tabby; tamara tammy
taylor tay; teresa tere terry tess; terrance terry; terrence terry; thaddeus thad; theodore theo ted teddy; theresa terry tess
thomas tom tommy; tiffany tiff; timothy tim timmy; tomas tommy; trevon trey; trinity trin; tyler ty; tyrone ty; tyrell ty; valentina val
valeria val; vanessa nessa; veronica ronnie vero roni; victor vic; victoria vicky tori; vincent vince vinny vin; virginia ginny; vivian viv
walter walt wally; wendell wen; wesley wes; william will bill billy willy liam willie; xavier zay xavi; ximena xime mena; xochitl xochi
yesenia yesi; yolanda yoli; yusuf yousef joseph; youssef joe; zachary zach zack; zakaria zak zack; zaynab zay; zeinab zee; zyaire zy
abdiaziz abdi aziz; abdifatah abdi fatah; abdikarim abdi karim; abdinasir abdi nasir; abdulkadir abdul kadir; ahmed ahmad med; ayaan ayan
amina mina; aaliyah liyah lia; alondra lonnie; annabelle anna belle; destinee des; dashawn shawn; hodan hodi; imani mani; jamari mari
kamari mari; keyshawn key shawn; lakeisha keisha; latasha tasha; latoya toya; natalya nat talya; rashad shad; shaniqua niqua; tanisha nisha
marquise quise; terrell rell; trayvon tray; tavion tay; kaydence kay; makayla kayla kay; mikayla kayla; mckenzie kenzie; brooklynn brook`;

/** For each name, in lower case without accents, what else the same person is called. */
export const NICKNAMES: ReadonlyMap<string, readonly string[]> = read();

function read(): Map<string, string[]> {
	const table = new Map<string, Set<string>>();
	const add = (one: string, other: string): void => {
		table.set(one, (table.get(one) ?? new Set()).add(other));
	};
	for (const line of SETS.split(/[;\n]/u)) {
		const [name, ...short] = line
			.trim()
			.split(/\s+/u)
			.map((word) => word.normalize('NFD').replace(/\p{M}/gu, ''));
		if (name !== undefined && name !== '') {
			for (const form of short) {
				add(name, form);
				add(form, name);
			}
		}
	}
	return new Map(Array.from(table, ([name, forms]) => [name, [...forms]]));
}
