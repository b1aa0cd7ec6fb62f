import { ALL_WORDS } from './common-words.ts';
import { NICKNAMES } from './nicknames.ts';

/**
 * First names that are common among families of a Minnesota district, in lower case without
 * accents. `~` after a name: it is a word as well, in one of the languages spoken there. `^`: it
 * is as well the name of a place, a people, a brand or a thing. Both need more than the spelling
 * before a person is meant. Compiled from general knowledge; no register was copied.
 */
const ENGLISH = `
aaden aaliyah aaron abbey abbie abby abbigail abel abigail abraham abram ada adaline adam addison
addisyn adelaide adele adeline aden adrian adriana adrianna adrienne agnes aidan aiden aileen aimee
ainsley aisha aiyana akira alaina alan alana alanna alayna albert alden alec alejandra alessandra
alex alexa^ alexander alexandra alexandria^ alexia alexis alfred alice alicia alina alisa alisha
alison alissa alivia aliyah allan allen allie allison ally~ allyson alma alondra alonzo alton alvin
alyson alyssa amanda amari amaya amber~ amelia amelie amir amira amiyah amos amy amya ana anastasia
anders andre andrea andreas andrew andy angel~ angela angelica angelina angeline angelique angelo
angie anika anissa anita aniya aniyah ann anna annabel annabella annabelle annalise anne anneliese
annette annie annika ansel anthony anton antoine antoinette antonia antonio antwan anya april~
arabella archer~ archie aretha aria~ ariana arianna ariel ariella arjun arlene arlo armani^ arnold
arthur arturo arya asa asher ashlee ashleigh ashley ashlyn ashlynn ashton asia^ aspen^ astrid athena
aubree aubrey aubrie audrey audrina august~ augustus aurora^ austin^ autumn~ ava avery avianna axel
ayanna ayden ayla bailey baldwin barb~ barbara barney barrett barry bart beatrice beatrix beau~ becca
beckett becky bella ben benedict benjamin bennett benny bernadette bernard bernice bernie bert
bertha bessie beth bethany betsy betty beulah bev beverly bianca billie billy bjorn blaine blair
blake blanche~ bob bobbie bobby bodhi bonnie boyd brad braden bradford bradley brady braeden braelyn
brandi brandon brandt brandy^ branson brantley braxton brayan brayden braylen braylon breanna
brecken breanne bree brenda brendan brenden brendon brenna brennan brent brenton bret brett brian
briana brianna brianne briar~ brice bridget brielle briella brigid brinley bristol^ britney
britt brittany brittney brock~ broderick brody bronson brook~ brooke brooklyn^ brooklynn brooks~
bruce bruno bryan bryana bryanna bryant bryce brycen bryn brynlee brynn bryson buddy~ bud~ byron
cade caden cadence~ caiden cailyn caitlin caitlyn cal caleb cali^ callan callie calvin camden
cameron camila camilla camille camryn candace candice cara caren carissa carl carla carlton carly
carmen carol carole carolina^ caroline carolyn carrie carson carter~ cary casey cash~ cassandra
cassidy cassie cate catherine cathy cayden cecelia cecil cecilia cedric celeste celia celine chad^
chance~ chandler channing charity~ charlee charlene charles charley charlie charlotte chase~ chaya
chelsea^ chelsey cheri cherie cheryl chester cheyenne^ chip~ chloe chris chrissy christa christian^
christiana christie christina christine christoph christopher christy chuck~ ciara cierra cindy
claire clara clarence clarissa clark claud claude claudia clay~ clayton clement clementine cleo
cliff~ clifford clifton clint clinton clive clyde coby cody cohen colby cole coleen colette colin
colleen collin colt~ colten colton connie connor conner conor conrad constance cooper~ cora coral~
corbin cordell cordelia corey corinne cornelius cortez cory courtney craig creighton cristina
cristobal crosby crystal~ curt~ curtis cynthia dahlia daisy~ dakota^ dale~ dallas^ dallin dalton
damarion damian damien damion damon dan dana dane daniel daniela daniella danielle danika danny
dante daphne daquan darby darcy daren daria darian darien darin darius darla darlene darnell darrell
darren darrin darryl daryl dashawn dave davion davis davon dawn~ dawson dayana dayton^ deacon~
deandra deandre deangelo deanna deb debbie deborah debra dee deja~ delaney delia delilah della
delores demarcus demario demetrius demi dena denise dennis denny denver^ deon deonte derek derrick
deshaun deshawn desiree desmond destinee destiny~ devante deven devin devon devonte dewayne dexter
diamond~ diana diane dianna dianne diego dillon dina dirk dolly dolores~ dominic dominick dominique
don~ donald donna donnell donnie donovan donte dontrell dora doreen dorian doris dorothea dorothy
dottie doug douglas doyle drake^ drew~ duane dulce~ duncan dustin dusty~ dwayne dwight dylan earl~
earnest~ easton ebony~ ed~ eddie eden^ edgar edith edmund edna eduardo edward edwin edwina effie
eileen elaina elaine eleanor elena eli eliana elianna elias elijah elin elisa elisabeth elise elisha
eliza elizabeth ella elle ellen elliana ellie elliot elliott ellis elmer eloise elsa^ elsie elton
elvin elyse ember~ emerson emersyn emery emilee emilia emilie emily emma emmalee emmaline emmanuel
emmett emmitt emory enzo eric erica erick ericka erik erika erin ernest ernestine ernie esmeralda
essence~ estelle esther ethan ethel eugene eunice eva evan evangeline eve~ evelyn everett everleigh
everly evie ezekiel ezra faith~ fallon fannie farrah fay faye felicia felicity felix fern~ fiona
finley finn finnegan fletcher flora florence^ floyd flynn foster~ frances francesca francine francis
frank~ frankie franklin^ fred freda freddie freddy frederick freya frida fritz gabby gabe gabriel
gabriela gabriella gabrielle gage~ gail gannon garret garrett garrison~ garth gary gavin gavyn gemma
gene~ genesis^ geneva^ genevieve geoff geoffrey george georgette georgia^ georgie gerald geraldine
gerard gerry gertrude gia gianna gilbert gina ginger~ ginny giovanni giselle gladys glen~ glenda
glenn gloria gordon grace~ gracelyn gracie grady graham grant~ gray~ grayson greg gregg gregory
greta gretchen grey~ greyson griffin gunnar gunner~ gus guy~ gwen gwendolyn gwyneth hadley hailee
hailey hakeem haleigh haley halle hallie hank hanna hannah harlan harley^ harmony~ harold harper^
harriet harris harrison harry harvey hattie haven~ hayden haylee hayley hazel~ heath~ heather hector
heidi helen helena helene helga henrietta henrik henry herb~ herbert herman hillary hope~ horace
houston^ howard hubert hudson hugh hugo humphrey hunter~ ian ida ignatius ike imani imogen ina
india^ ingrid ira~ irene iris~ irma irving isaac isabel isabela isabella isabelle isaiah isaias
isis^ isla~ ismael israel^ itzel ivan ivy~ izabella izaiah izzy jace jacey jack~ jackie jackson
jaclyn jacob jacoby jacqueline jacquelyn jada jade~ jaden jadon jadyn jagger jai~ jaida jaiden jaime
jake jakob jakobe jaleel jalen jaliyah jaleesa jalyn jamal jamar jamarcus jamari jamarion jamel
james jameson^ jamie jamil jamila jamir jan~ jana jane janelle janessa janet janice janie janine
janiya janiyah jaquan jared jaren jarod jaron jarrett jarrod jarvis jase jasmin jasmine~ jason
jasper jax jaxon jaxson jaxton jay~ jayce jaycee jayceon jayda jayden jaydon jayla jaylah jaylan
jaylani jaylee jayleen jaylen jaylin jaylon jaylynn jayson jazlyn jazmin jazmine jean~ jeanette
jeanne jeannie jeb jed jeff jefferson^ jeffery jeffrey jenelle jenna jennie jennifer jenny jeremiah
jeremy jermaine jerome jerry jess jesse jessica jessie jett jewel~ jill jillian jim jimmie jimmy
jo~ joan joanna joanne jocelyn jodi jodie jody joe joel joelle joey johan johanna john~ johnathan
johnnie johnny johnson jolene jon jonah jonas jonathan jonathon joni jordan^ jordyn joselyn joseph
josephine josh joshua josiah josie journee journey~ joy~ joyce juan juanita jude judith judy jules
julia julian juliana julianna julianne julie juliet juliette julio julissa julius june~ junior~
juniper~ justice~ justin justine justus kacey kade kaden kadence kadin kaeden kai kaia kaiden kaila
kailee kailey kailyn kaitlin kaitlyn kaitlynn kaleb kaley kali~ kaliyah kallie kameron kami kamila
kamille kamryn kane kara kareem karen^ kari karin karina karissa karl karla karlee karly karol karson
karsyn karter kasey kason kassandra kassidy kate katelyn katelynn katharine katherine kathleen
kathryn kathy katie katina katlyn katrina katy kay kaya kayden kaydence kayla kaylee kayleigh kaylen
kaylin kaylyn kaylynn kayson keagan keanu keaton keegan keeley keenan keira keisha keith kelby
kellan kellen kelli kellie kelly kelsey kelsie kelvin ken kendall kendra kendrick kenna kennedy^
kenneth kenny kent kentrell kenya^ kenyon kenzie keri kermit kerri kerry keshawn keven kevin keyon
khalil khloe kia^ kiana kiara kiera kieran kierra kiersten kiley kim kimber kimberlee kimberly
king~ kingston^ kinley kinsley kip kira kirby kirk kirsten kirstin kit~ kitty~ knox kobe kody kole
kolton konner korbin korey kori kory kourtney kris krista kristen kristi kristian kristie kristin
kristina kristine kristopher kristy krystal kurt kurtis kyla kyle kylee kyleigh kyler kylie kymani
kyra kyree kyrie lacey laci lacy~ laila lainey lakeisha lamar lamont lana~ lance~ landen landon
landry landyn lane~ laney langston lara larissa larry lars latasha latisha latonya latoya latrice
laura laurel~ lauren laurence laurie lauryn lavonne lawrence lawson layla layne layton lea leah
leander leann leanna leanne lee~ leif leigh leila leilani leland lena lenny lenora leo~ leon leona
leonard leonardo leopold leroy les~ leslie lester leticia levi lewis lexi lexie lia liam liana lila
lilah lilian liliana lilith lillian lillie lilly lily~ lincoln^ linda linden~ lindsay lindsey linnea
linus^ lisa lise lissa liz liza lizbeth lizzie lizzy lloyd logan lois lola london^ lonnie lora
lorelai loren lorenzo loretta lori lorraine lottie lou louie louis louisa louise lowell luanne luca
lucas lucia lucian lucille lucinda lucy luella luis luka lukas luke lula luna~ luther lydia lyla
lyle lynda lyndsey lynette lynn lyra maci mackenzie macy maddie maddison maddox maddy madeleine
madeline madelyn madelynn madilyn madison^ madisyn mae maeve maggie magnus mai~ maia maisie makai
makayla makena makenna makenzie malachi malakai malaya malcolm maleah malia malik maliyah mallory
mandy manny mara marc marcel marcella marci marcia marco marcos marcus marcy margaret margaux marge
margie margo margot marguerite maria mariah mariam marian mariana marianna marianne marie mariela
marietta marilyn marina marion maris marisa marisol marissa marjorie mark~ marla marlee marlene
marlon marley marnie marquez marques marquis marquise marsha marshall^ marta martha martin martina
marty marvin mary maryann marybeth mason~ mateo mathew matilda matt matteo matthew matthias mattie
maude maura maureen maurice maverick~ mavis max~ maxim~ maximilian maximus maxine maxwell may~ maya^
mckayla mckenna mckenzie mckinley^ meadow~ meagan megan meghan mei mekhi mel melanie melinda melissa
melody~ melvin mercedes^ mercy~ meredith merle merlin mia micah michael michaela michele michelle
mickey mika mikaela mikayla mike~ mikhail mila milagros milan^ mildred miles~ milena miley millie
milo milton mimi mina mindy minerva minnie mira~ miracle~ miranda^ miriam misty~ mitch mitchell mo~
moira mollie molly^ mona monica monique monroe montana^ monte montrell monty morgan moriah moses
moshe muriel murphy myah mya myla myles myra myrna myron nadia nadine nancy naomi nash natalia
natalie natalya natasha nate nathalie nathan nathanael nathaniel neal ned neil nell nellie nelson
nettie nevaeh neveah nia niamh nichelle nichole nick~ nicholas nicki nickolas nico nicola nicolas
nicole nicolette nigel nikita nikki niko nikolas nils nina nixon^ noah noble~ noe noel~ noelle nola
nolan noor nora norah norbert noreen norm~ norma norman norris nova^ nya nyah nyasia nyla octavia
odell odin olaf^ ole~ oliver olive~ olivia ollie omari opal~ ophelia ora orion^ orlando^ orville
oscar^ osvaldo otis otto owen paige paisley pam pamela paris^ parker~ pat~ patience~ patrice
patricia patrick patsy patti patty~ paul paula paulette paulina pauline paxton payton pearl~ peg~
peggy penelope penny~ percy perla perry pete peter peyton phil philip phillip phillips phoebe
phoenix^ phyllis pierce~ pierre piper~ polly porter~ presley^ preston prince~ princess~ priscilla
priya pru quentin quincy quinn quinton rachael racheal rachel raegan raelyn raelynn rafael raina
ralph ramona randal randall randi randolph randy~ raphael raquel rashad rasheed raul raven~ ray~
raymond reagan^ rebecca rebekah reece reed~ reese^ reggie regina reginald reid reilly reina remi
remington^ remy rene renee renata reuben rex rhea rhett rhiannon rhoda rhonda rhys ricardo ricci
rich~ richard rick ricky rico ridge~ riley rita river~ rob~ robbie robby robert roberta robin~
robyn rocco rochelle rocky~ rod~ roderick rodney roger rohan roland roman^ romeo^ ron ronald ronan
ronda ronin ronna ronnie rory rosa rosalie rosalind rosanna roscoe rose~ roseanne roselyn rosemary~
rosie ross rowan roxanne roy royal~ royce ruben ruby~ rudy rufus russ russell rusty~ ruth ryan
ryder ryker rylan ryland rylee ryleigh rylie sabrina sadie sage~ saige sally sam samantha samara
samir sammie sammy samson samuel sandra sandy~ saniya saniyah santino sara sarah sarai sariah sasha
savanna savannah^ sawyer saylor scarlet~ scarlett scott scottie seamus sean sebastian selah selena
selma serena serenity~ seth shana shane shania shanice shaniqua shaniya shannon shanta shaquille
shari sharon shaun shauna shawn shawna shayla shaylee shayna shea sheena sheila shelby sheldon
shelley shelly sherri sherrie sherry~ sheryl shiloh^ shirley sidney sienna^ sierra^ silas silvia
simeon simon simone sky~ skye skyla skylar skyler sloan sloane sofia solomon sonia sonja sonny~
sophia sophie soren spencer stacey staci stacy stan stanley star~ stefan stefanie stella stephan
stephanie stephen sterling~ steve steven stevie stewart stuart sue~ sullivan summer~ susan susanna
susannah susie suzanne suzette sven sydney^ sylvia sylvie tabitha talia taliyah talon tamara tameka
tamia tamika tammy tana tania taniya taniyah tanner tanya tara taryn tasha tate tatiana tatum tavion
tavon taylor~ teagan ted teddy^ tenley teresa teri terrance terrell terrence terri terry tess tessa
thad thaddeus thalia thea thelma theo theodore theresa therese thomas tia~ tiana tiara~ tierra tiffany^
tiffani tim timmy timothy tina tobias toby tod todd tom tomas tommy toni tonia tony tonya tori trace~
tracey traci tracy travis travon trayvon tre tremaine trent trenton trevon trevor trey tricia trina
trinity^ trish trisha tristan tristen tristin trudy truman^ tucker ty~ tyler tyra tyree tyrell tyrese
tyrone tyshawn tyson^ uma unique~ ursula valarie valentina valentine~ valeria valerie van~ vance
vanessa vaughn veda vera verna vernon veronica vic vicki vickie vicky victor victoria vince vincent
viola~ violet~ virgil virginia^ vivian viviana vivienne wade~ walker~ wallace wally walt walter
wanda warren wayne waylon wendell wendy^ werner wes wesley weston whitney wilbur wilfred wilhelmina
will~ willa willard william willie willis willow~ wilma wilson^ winifred winnie winona^ winston
woodrow wren~ wyatt wynonna xander xavier xzavier yasmin yasmine yolanda yvette yvonne zach zachariah
zachary zachery zack zackary zaiden zaire zander zane zara zaria zariah zayden zayn zayne zelda^ zion^
zoe zoey zoie zola zyaire quill~ nicky lesley gaynor kirsty susanne suzanna suzie graeme annmarie marybeth joellen lavonne darrel gwenyth aislinn caoimhe siobhan saoirse niamh oisin eilidh ailsa anneke britta dagny elke gretel ilse inge ingeborg kirstie leif odin ragnar sigrid solveig torsten torben ulrik dontae dontay tati dangelo dandre dshawn djuan damarcus jaquez keandre marquan lavonte oriana kestrel~ svetlana olga tuck~ dev~ anselm birgit kjersti
lavell keon keyshawn kavon khari tavares tyreek tyrique zamir javon javonte jakari jahmir jaheim
daquon dayvon deonta devion marcellus marquell montez lashawn lakisha latavia tanisha shanelle
precious~ heaven~ nyomi amiya kiyah jakayla makiyah taraji ivory~ emani amani zakiya`;

const SPANISH = `
abril~ adan adela adolfo agustin alba~ alberto alejandro alfonso alfredo alicia alonso alvaro amado
amalia amparo~ anahi anabel andres angeles^ antonella araceli aracely armando arely arnulfo artemio
aurelio axl azucena~ beatriz benito berenice bernardo beto blanca~ brisa~ bryan camilo candela~
candelaria caridad~ carlos carlota carmela carolina^ catalina chavela chayo chelo chema chucho chuy
citlali citlalli claudio concepcion~ concha~ consuelo~ cristian cruz~ cuauhtemoc dagoberto daniela
dario david dayanara delfina demetrio diego domingo~ dulce~ edelmira edgardo efrain eladio eleazar
elias eligio elisa eloisa elvira emiliano emilio enrique epifanio erasmo ernesto esmeralda~ esperanza~
esteban estefania estela estrella~ eugenio eulalia eva evaristo fabian fabiola facundo fatima
federico felipe fermin fernanda fernando fidel flavio flor~ florencia francisco gael gaspar genaro
gerardo german~ gilberto giselle gonzalo graciela gregorio griselda guadalupe guillermina guillermo
gustavo hector heriberto hernan hilda hilario horacio humberto ignacio imelda ines inocencio irma
isabel isidro ivette jacinto jacobo jaime javier jeronimo jesus~ jimena joaquin jorge jose josefa
josefina josue juan juancho juanito julieta julian julio~ karina lalo laura leonel leonor leticia
librado lidia lilia liliana linda lisandro lorena lorenzo lourdes^ lucero~ lucho lucia luciana lucila
lupe lupita luz~ magali magdalena maite manolo manuel manuela marcela marcelino marcelo marcos
margarita~ maria mariano maribel maricela maricruz marisela marisol mario maritza martin mateo
mauricio maximiliano melisa memo~ mercedes^ micaela miguel milagros~ mireya moises monica montserrat
nacho~ natalia nayeli nayely neftali nestor nicanor nicolas noemi norberto nuria octavio ofelia
olivia omar oscar^ osvaldo pablo pacho paco paloma~ pancho paola pascual patricio paz~ pedro pepe
perla~ petra pilar~ placido polo~ porfirio quetzalli quique rafael ramiro ramon raquel raul raymundo
rebeca refugio~ reina~ reyes~ reyna ricardo rigoberto roberto rocio rodolfo rodrigo rogelio rolando
romina roque rosa rosalba rosalinda rosario rosaura roxana ruben rufino sabina salvador^ samuel
sandra santiago^ santos~ sara saul sebastian selene sergio silverio silvia socorro~ sofia sol~
soledad~ susana tadeo teodoro teresa timoteo tito tomas tono~ toño trinidad~ ulises valentin vanesa
veronica vicente victor victoria~ vidal violeta~ wendy^ wilfredo ximena xiomara xochitl yadira yahir
yamileth yareli yaretzi yazmin yesenia yessica yolanda yoselin zaira zoila zulema jairo jovani
leobardo lizeth maciel magaly edith dalila itzel ariadna danna evelin heidi jazmin joselin`;

const SOMALI = `
aaliya aamina aasha abdalla abdi abdiaziz abdifatah abdihakim abdikadir abdikarim abdilahi abdimalik
abdinasir abdirahim abdirahman abdirashid abdirizak abdisalam abdiwahab abdiwali abdul abdulahi
abdulkadir abdullah abdullahi abdulqadir abshir abukar adan aden adnan ahmed aisha aliya amal amina
amran anab anas anisa asad asha asli asma ayaan ayan ayanle ayub bashir bilal bile~ bishar burhan
cabdi cali cumar dahir daud deeqa degan dirie dunia ebyan edna elmi faadumo fadumo fahma faisal
farah farhan farhia farhiyo fardowsa fartun fatha fathi fatuma fawzia fahmo filsan fowsiya garad
guled habiba hafsa halima halimo hamdi hamza hani hanad haaruun harun hassan hawa hawo hersi hibaq
hibo hirsi hodan hodo hussein ibrahim idil idris ifrah ikram ilhan ilyas iman~ ishaq ismahan ismail
issa istar jama jamal jamila jibril kadar kaltuma khadar khadija khadra khalid khalif kin~ kowsar
leyla libaan liban luul mahad mahamed mahamud mahmoud maryan maryama mohamed mohamud muhammad
mohammed muhiyadin muhubo mukhtar mumtaz muna munira muse~ mustafa mustaf nabil nafisa najma nasir
nasra nasteho nimco nimo nur omar osman qamar qali raage rahma ramla ridwan roble rooble rukia
saadia sabrina safiya sagal sahal sahra said~ saciid sacdiyo salah salma samatar samira samiya sharif
sharmarke shamso shukri siham siyad suad sucaad suleiman suleyman sumaya suldan tahlil ubah umar
umayma warsame wiil yahya yaqub yasir yasmin yonis yusra yusuf zahra zakaria zakariya zamzam zeinab
zubeda zuhur fadma hamdia kamal mowlid najib naima nadifo sadia samsam shafie sowda ugbad`;

const HMONG = `
blia bla~ blong bo~ chao chay chee cheng chia choua chong chou chue chuefeng dao^ der~ dia~ doua
fue~ gao gaonou ger gozong goua houa hue~ ia jer jou kao kaonou kaying kee~ keng kia^ kong~ konmeng
koua kou kub~ laneng lee~ leng lia long~ lue maikao mai~ maiyer maisee mang meng moua nao nhia nkauj
nou npaj nplias nra ntxhi nyia pa~ padee pafoua pahoua pang pangfoua panyia pao pa-kou paj pheng phia
phoua pla pos sai~ sao see~ seng shoua sia song~ soua sua sunisa tao teng thai^ thao thong~ tou
toua touger toulee toumeng tong tria tsim tswb txawj vam vang viv vong wa~ wameng xai xang xee xeng
xia xiong xong xue ya~ yeng yer yia yeej ying youa yaj zoua zong maika bao~ kalia chuyia`;

const OJIBWE = `
animikii anang aanakwad giizis giniw ginew makwa ma'iingan migizi mino miskwa miskwaadesi namid
nimkii nodin noodin waabigwan waaseya wabun waban wenona winona^ zaagaate biidaaban bineshii bizhiki
dakotah eniwa gekek giizhik ikwezens keezhik memengwaa nenookaasi niigaan niigaanii oshki
wanageeska wapun wasayah zhaawan zhigaag zhooniyaa anangookwe ogimaa~ makoons wiigwaas~ aandeg`;

const ARABIC = `
abbas abdelrahman abdel abdelaziz abu~ adam adel adil ahmad ahmet aida akram ala~ alaa ali alia amani
amin amina amir amira ammar anwar arwa asma ashraf aya~ ayman aziz bader badr bahaa bana basel bashar
basim basma bassam batoul bayan bilal dalal dalia dana dania danya dareen dima dina doaa elham
eman emad esra fadel fadi fahad faisal faiza fares farid farida faris farouk fatema fatima fatimah
fawaz feras firas ghada ghassan habib hadeel hadi hadil haifa haitham hala hamad hamid hamza hana
hanan hani hanin haneen harith hasan hashim hassan hatem haya~ hazem heba hiba hind~ hisham huda
husam hussain hussam ibrahim ibtisam iman~ imad imran inas isra issa iyad jabir jad jafar jamal
jamila jana jawad jehan jihad~ joud joumana judi kamal karam kareem karima khaled khadijah khalil
khaldoun laith lama lamia lana~ latifa layal layan layth leen leena lina lubna lujain luay maen maha
mahdi maher mahmood mahmud majed majid malak malek malika manal maram mariam marwa marwan maryam
maysa maysoon mazen mazin mina mohammad mona mostafa mousa muhammed mujahid munir murad musa musab
mustafa muath nabila nada~ nadia nadim naim najwa nasser nawal nazim nihad nisreen nizar noor nora
nour noura nuha numan obada omar omran osama othman qais qasim qusay rabia raed rafiq raghad rami
rana rania rasha rashid rawan rayan rayyan razan reem rima rita riyad rola rowan ruba saad sabah
sabri sadiq safa said~ saif sajida salah salam~ saleh salem salim salma salman salwa sama samar
sameer sami samia samir samira sana~ sara sawsan shadi shahad shaima shams~ sherif sohail suha suhail
sultan~ sulaiman taha talal taleb tala tamer~ tareq tariq thamer tuqa usama wael wafa waleed walid
wasim widad yahya yamen yara yaser yasin yasmeen yazan younes yousef youssef yusra zaid zain zaina
zainab zayd zeina ziad zuhair`;

const ASIAN = `
aarav aanya aditya akash akshay amit amrita ananya anh anil anjali ankit anushka arun arvind asha
ashok avni bao~ bhavya binh chau chinh cuong dai~ dang~ danh dao^ deepak deepika deepa dev~ devika
diep dinesh diya dong duc dung~ duong duy gaurav giang gita gopal ha~ hai~ han hang~ hanh harsh~
hari hieu hien hiroshi hoa~ hoang hong~ hung~ huong huy huyen ishaan isha jaya jin jing jiho jisoo
joon ju kabir karan kavita kavya kenji khang khanh khoa kim kiran krishna kumar kunal lakshmi lam
lan~ linh loan~ loc long~ luan mai~ manish maya^ meera mei minh minji minjun mohan my~ nam^ neha nga~
ngan nghia ngoc nguyen nhan nhi nhu nikhil nisha nithya padma parth phong phu phuc phuong pooja
prakash pranav priyanka quan quang quoc quyen quynh rahul raj rajesh rakesh rani ravi reyansh rishi
ritu rohan rohit sai~ sanjay sanjana saanvi sandeep seojun shreya shruti siddharth sneha son~ sunil
sunita suresh swati tai~ takumi tam~ tan~ tanvi thanh thao thi thien thinh thu thuan thuy tien tin~
toan trang tram~ tri trinh tuan tung~ tuyet uyen van~ vi~ viet^ vijay vikram vinh vivek vu~ vy wei wen
xin xiu yan yen~ ying yuki yuna yuto zhen zhi haruka sakura^ naomi emiko kaito htoo hser paw~ eh~
naw saw~ moo~ say~ ku~ tha~ gay~ wah~ lah~ dah~ poe~ blut shee kaw`;

const AFRICAN = `
abeba abebe abena abiola ade~ adaeze adaobi adanna addisu adebayo adjoa afia akosua akua alem almaz
amara amare ama~ amadou amare aminata ayodele babatunde bekele biniam binta bontu boubacar chiamaka
chidera chidi chima chinonso chioma chukwudi dawit demba desta deng ebere ebube ekene emeka emebet
eyob fatoumata fatou femi folake gatluak gebre genet girma hana helen ifeanyi ifeoma ife~ ikenna
jabari kamau kofi koffi kojo kwabena kwame kwasi lemlem lidya makonnen mamadou mariama meron
mulugeta musa naod nyah nyaboth nyakim nyamal nkechi ngozi nneka nnamdi obinna obi oluwaseun olu
onyeka robel ruth samrawit sekou selam selamawit senait tadesse temitope tesfaye tigist titilayo
tobi tunde uche uchenna yaa~ yared yohannes yonas yordanos zahara zola zuri`;

/** Words and places that are people nearly always where students talk. */
const MOSTLY = `
taylor mason carter cooper parker harper piper hazel jasmine destiny serenity nick mike jay dale
daisy lily violet ivy ruby sandy tucker melody jordan austin madison brooklyn sydney savannah chelsea
tiffany miranda trinity kennedy tyson wendy oscar chad sierra cheyenne kobe maya alexa molly diego
bao german kia sherry beau moe mai mercedes bri dre zay`;

export type NameClass = 'plain' | 'mostly' | 'word' | 'other';

/** Every first name of the lists, and whether it is a word or the name of something else as well. */
export const GIVEN_NAMES: ReadonlyMap<string, NameClass> = read([
	ENGLISH,
	SPANISH,
	SOMALI,
	HMONG,
	OJIBWE,
	ARABIC,
	ASIAN,
	AFRICAN,
]);

/** A mark in one list counts for all: what is a word in one language is a word. */
function read(lists: readonly string[]): Map<string, NameClass> {
	const names = new Map<string, NameClass>();
	const entries = lists.join(' ').normalize('NFD').replace(/\p{M}/gu, '').trim().split(/\s+/u);
	for (const entry of entries) {
		const name = entry.replace(/[~^]$/u, '');
		const kind = classOf(entry);
		if (kind !== 'plain' || !names.has(name)) {
			names.set(name, kind);
		}
	}
	for (const [name, forms] of NICKNAMES) {
		for (const form of [name, ...forms]) {
			if (!names.has(form)) {
				names.set(form, ALL_WORDS.has(form) || form.length < 4 ? 'word' : 'plain');
			}
		}
	}
	for (const name of MOSTLY.trim().split(/\s+/u)) {
		names.set(name, 'mostly');
	}
	return names;
}

/** What the mark after a name says. */
export function classOf(entry: string): NameClass {
	if (entry.endsWith('~')) {
		return 'word';
	}
	return entry.endsWith('^') ? 'other' : 'plain';
}
