import { classOf } from './given-names.ts';
import type { NameClass } from './given-names.ts';

/**
 * Last names that are common among families of a Minnesota district, in lower case without
 * accents. `~`: a word as well. `^`: the name of a place, a person everyone knows or a thing as
 * well. Compiled from general knowledge; no register was copied.
 */
const SURNAMES = `
abdi abdullahi abernathy abrahamson ackerman acosta adamczyk adams addo adeyemi aguilar aguirre ahlberg
aho akbar albrecht albright aldridge alexander^ alfaro ali allen almquist alvarado alvarez amundson
andersen anderson andrade andrews anthony aponte aquino arellano armstrong arndt arneson arnold
arroyo arvidson asante atkins atkinson austin^ avila ayala bailey~ baker~ bakken baldwin ballard banks~
barber~ barker barnes barnett barr barrera barrett barrios barron barry bartlett barton bass~ bates~
bauer baumann beard~ beaulieu beck becker becerra bell~ bellanger beltran benavides benitez benjamin
bennett benson bentley^ berg berger bergman bergstrom bernard berry~ best~ beyer bird~ bishop~ bjorklund
bjornstad black~ blackwell blair blake blanchard blevins bloom~ bolton bond~ bonilla booker~ booth~
bowen bowers bowman boyd boyer boyle bradford bradley bradshaw brady branch~ brandt bravo~ brekke brennan
brewer~ briggs bright~ brock~ brooks~ brown~ browning~ bruce brunner bryan bryant buchanan buck~ buckley
buffalo^ bullock~ burgess burke burnett burns~ burton busch^ bush^ butler~ byrd cabrera cain calderon
caldwell calhoun callahan camacho cameron campbell campos cannon~ cantu cardenas cardona carey carlson
carlsson carpenter~ carr carrillo carroll carson carter~ casey castaneda castellanos castillo castro
cervantes chambers~ chan chandler chaney chang chapman charles chase~ chavez^ chen cheng cherry~ cho chosa christensen christenson
christian^ christiansen christianson christofferson chung church~ cisneros clark clarke clay~ clayton
clements cobb~ cochran cohen cole coleman collier~ collins colon~ combs~ conley connolly conner conrad contreras
conway cook~ cooper~ cordova corey cornejo coronado corona^ correa cortez costa^ cote~ cowan cox coyle craig crane~ crawford crosby cross~
cruz~ cuevas cummings cunningham curry~ curtis dahl dahlberg dahlgren dalton dang~ daniel daniels danielson daugherty
davenport david davidson davies davila davis dawson day~ dean~ decker defoe dejesus delacruz delarosa delgado deleon
demarco dennis desjarlait diaz dickerson dickson diaw diaz dillard dillon dimarco dixon do~ doan~ dobbs dodson dominguez
donahue donaldson donovan dorsey dotson dougherty douglas downs~ doyle drake^ drew~ dudley duffy duncan
dunlap dunn duong duran durham^ dyer easton~ eaton edwards ekstrom elias eliason elliott ellis ellison emerson
engel engen engstrom enriquez erdman erickson ericson eriksen escobar espinosa espinoza esquivel estes estrada evans
everett ewing fairbanks farah farmer~ farrell faulkner ferguson fernandez ferrell fields~ figueroa finley
fischer fish~ fisher~ fitzgerald fitzpatrick fleming fletcher flores~ flowers~ floyd flynn foley fontaine ford^
forsberg foster~ fox~ francis franco frank~ franklin^ franks~ fraser frazier fredericks fredrickson freeman~ french~ freitag
friedman frost~ fry~ frye fuentes fuller~ gagnon gaines gallagher gallegos galloway galvan gamble~ gaona garcia gardner
garner garrett garrison~ garza gates^ gay~ george gibbs gibson gilbert giles gill~ gillespie gilmore
glass~ glenn glover~ goddard godfrey golden~ gomez gonzales gonzalez good~ goodman goodsky goodwin gordon gould grady graham grant~ graves~ gray~
green~ greene greensky greer gregory griffin griffith grimes gross~ grover guerra guerrero gunderson gustafson gustavson guthrie
gutierrez guzman haaland haas haddad hagen hahn hakala hale~ hall~ halvorsen halvorson hamilton^ hammond hampton hancock hanley
hanna hansen hanson hardin harding harmon harper~ harrington harris harrison hart~ hartman harvey hassan hastings^ hatfield haugen
hawkins hayden hayes haynes heath~ hebert heikkila hein helgeson hendricks hendrickson henderson henning henry hensley henson her~
herman hermanson hernandez herr herrera herring~ hess hester hewitt hickman hicks higgins hill~ hines hinton hirsch ho~ hoang
hobbs hodge hodges hoffman hogan hokanson holcomb holden holder~ holland^ holloway holm holmberg holmes holmgren holmquist holt
hood~ hooper hoover^ hopkins hopper~ horn~ horne horton house~ houston^ howard howe howell huang hubbard huber hudson^ huerta huff~ huffman
hughes hull~ hume humphrey^ hunt~ hunter~ hurley hurst hussein hutchinson huynh ibarra ibrahim ingram irwin isaacson isham iverson jackson^
jacobs jacobsen jacobson james jama jarvis jefferson^ jenkins jennings jensen jenson jimenez johanson johansen johnsen johnson johnston
jones jordan^ jorgensen jorgenson joseph joyce juarez kaiser^ kane kangas kaufman keller kelley kelly kemp kennedy^ kent kerr kessler khan khang kidd
kim king~ kingbird kinney kirby kirk klein kline knapp knight~ knox knudsen knudson koch koenig kowalczyk kowalski kramer
krause kristofferson krueger kruse kue kumar lacourse lafromboise lam lamb~ lambert lane~ lang~ lara larsen larson lawrence lawson le~
leach~ lee~ lehman lemieux leon leonard lester levine levy~ lewis li~ lightfeather lin lind lindberg lindgren lindholm lindquist lindqvist lindstrom little~
littlewolf livingston^ lloyd lo~ logan long~ lopez lor loretto love~ lowe lowery lowry lozano lucas lucero~ lugo lujan luna~ lund lundberg lundgren lundquist lutz
ly lynch~ lynn lyons macdonald macias mack madsen mahoney maki maldonado malone maloney mann manning~ manuel marin marks~ marquez marsh~ marshall^
martin martinez mason~ massey mata~ mathews mathis matson matthews mattson maxwell may~ mayer maynard mayo^ mays mcbride mccall
mccann mccarthy mcclain mcclure mcconnell mccormick mccoy mccullough mcdaniel mcdonald^ mcdowell mcfarland mcgee mcgrath mcguire mcintosh^ mcintyre mckay
mckee mckenzie mckinney mcknight mclaughlin mclean mcmahon mcmillan mcneil mcpherson meadows~ medina mejia melendez melton
mendez mendoza mercado mercer~ merritt meyer meyers meza michael michaels middleton mikkelson miles~ miller mills~ miranda^ mitchell moe~
mohamed mohamud molina monroe montes montgomery montoya moody~ moon~ moore mora morales moran moreno morgan morin morris morrison morriseau morrow~
morse morton moses mosley moss~ moua mueller mullen mullins munoz murillo murphy murray myers nash navarro neal nelson neumann newell
newman newton nguyen nichols nicholson nielsen nielson nieves~ nilsen nixon^ noble~ nolan nordahl nordstrom norman norris norton novak nowak nunez nygaard nystrom
obrien o'brien ochoa oconnor o'connor odonnell o'donnell ojeda okafor okeke olsen olson oneal o'neal oneill o'neill orozco ortega ortiz osborne osman ostrowski otto owen
owens pacheco padilla page~ pak palmer park~ parker~ parks~ parrish parsons~ patel patrick patterson patton paul paulson payne pearson peck~ pederson peltier pena
perez perkins perry person~ peters petersen peterson pettersson pham phan phelps phillips phipps pierce~ pineda pitts plummer polk ponce poole pope~ porter~ portillo potter~
potts powell powers~ pratt preston price~ prince~ pritchard proctor~ pruitt pugh quam quinn quintana quintero raasch ramirez ramos ramsey^ randall randolph rangel
rasmussen ray~ raymond reed~ reese reeves reid reilly renville reyes~ reyna reynolds rhodes^ rice~ rich~ richard richards richardson richmond^ riggs riley rios~ rivas rivera rivers~ roach~
robbins roberts robertson robinson robles rocha roche rodgers rodriguez rogers rojas roman^ romero roosevelt^ rosales rosario rose~ rosen ross roth rowe
roy ruiz rush~ russell russo rutledge ryan saari salas salazar saldana salgado salinas salmela salonen samuelson sanchez sanders sanderson sandoval sandberg sandstrom santana santiago^
santos~ saucedo saunders savage~ sawyer schaefer schmidt schmitt schneider schroeder schultz schulz schumacher schwartz scott sears^ sellers~
serrano severson sexton shaffer shah shannon sharma sharp~ shaw shea shelton shepherd~ sheppard sherman shields~ short~ silva simmons simon simonson simpson^
sims~ sinclair singh singleton~ sinha skinner slater sloan small~ smith snow~ snyder solberg solis solomon sorensen sorenson soto sparks~ spears^ spencer stafford
staples~ stark~ steele stein~ stensrud stephens stephenson stevens stevenson stewart stillday stokes stone~ storm~ stout~ strand~ strickland strom strong~ stuart suarez sullivan
summers~ sundberg sundeen sutton svensson swanson sweeney swenson swift^ sylvester takala talbot tate taylor~ tenorio terry thao thielen thomas thompson thomsen thomson thor^
thornton thorson thorstad tibbetts todd tomczak torgerson torres~ townsend tran travis trevino trinh trujillo truong tucker turner~ tuttle tyler underwood^
urbina valdez valencia valentine~ valenzuela valle~ vance vandenberg vang vargas vasquez vaughan vaughn vazquez vega velasco velasquez velazquez velez vera
vigil~ villa~ villalobos villanueva villarreal vincent vo~ vogel vue wade~ wagner walker~ wallace waller walls~ walsh walter walters walton ward~ ware~ warner warren warsame washington^
waters~ watkins watson watts~ weaver webb weber webster weiss welch wells~ west~ westberg westlund wheeler whitaker white~ whitebird whitefeather whitehead whitfield whitmore whitney wiese wiggins wilcox wiley
wilkerson wilkins wilkinson williams williamson willis wilson wind~ winters~ wise~ wolf~ wolfe wong wood~ woodard woods~ woodward wright wu wyatt xiong yang yates yoder york^
young~ youngblood yusuf zamora zapata zavala zeller zhang zhao zimmerman zuniga`;

/** Every last name of the list, and whether it is a word or the name of something else as well. */
export const LAST_NAMES: ReadonlyMap<string, NameClass> = new Map(
	SURNAMES.trim()
		.split(/\s+/u)
		.map((entry): [string, NameClass] => [entry.replace(/[~^]$/u, ''), classOf(entry)]),
);
