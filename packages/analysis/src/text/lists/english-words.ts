/**
 * Everyday English words beyond those of school talk: words of the lexicon that comes with the tagger
 * of `natural` (MIT) that occur in some 50,000 survey answers, questions and titles.
 * Endings are left out where the word without them is here. They are no names.
 */
export const ENGLISH_WORDS: string = `
aback abandon ability abort abroad abrupt abscess absence absolute abstract abstraction absurd
abundance abusive academic accelerating acceleration acceptable acceptance accessibility accessible
accidental accolade accommodate accommodation accompany accomplice accomplish according accordion
accountability accountable accumulated accuracy accurate accusation accusing ace ache achievable
achieve acknowledge acquire acquisition acrobat activate activation actor actuate acupuncture acute
adapt adaptable adaptations addiction addition additional adequate adhere adjacent adjust adjustment
administer administrative administrator admiral admiration admission admit admittance ado adopt
adoptive ads advance advancements advantage adverbs adverse advertise advertisement advise advisor
advocacy advocate aerial afar affairs affect affiliate afford affront aftershave afterward againt
agenda agent aggravated aggregate aggregation aggression agitated agony ailments aim airline
airplane airport albeit album alcohol alfresco algebra algebraic algorithm alias align alignment
alive allayed allaying allegations allergy alleviate allocate allocation allot allowable allowance
alongside alpha alphabet alphabetically alter alteration alternate altogether ambiance ambiguity
ambiguous ambulatory amiss amongst amp amusing analogue analysis analytic analyze ancestor anchor
ancillary anemic angels angle animal animate animation animosity ankle annotated annoyance annual
ant anti antibiotic anticipate antiseptic anythin anytime apace apex apologetic appalled appalling
apparent appear appearance append appetite applaud apple appliance applicable application appoint
appointment appraisal appreciation appreciative apprehension apprehensive approachable approval
approve approximate approximation aprons apt aquatic arabic arbitrarily arbitrary archetype
architect architectural architecture archive arise arisen arithmetic armchair arose arrange
arrangement array arrival arrive arrow arthritis artifacts artificial artist artwork ascending
ascertain ascetic ash aspect assemble assert assertions assertive assesment assess assessment
assessor asset assign assist assistance associate association assumption assurance assure ast asthma
atm atmosphere atom atrium atrocious attach attachment attaining attempt attend attendant attendents
attentive attic attract attribute audible audience audio audit authentic authenticate authentication
author authority authorization authorize autism autistic automate automatic automation auxiliary
avail availability avenues avoidable avoidance await awareness awe axes axis azure backdated
backlash backtracking backup backward bacon bacteria badgering badminton baffling bail bake balance
balcony balloon banal bandage bandwidth banter bare barrage barrier base baseline bash basis basket
bat batch bath battle battlefield bay bazaar beach beacon bean beanstalk bearable beautifying bed
bedpans bedridden bedroom bedside bee beep beforehand behalf behave behaviour belated belief
belittled belittling bells beloved belt benchmark bending beneath beneficial beneficiary benefit
bereavement berserk beta beware biblical bicycles bid bilingual bin binary binge bingo binomial bio
biofeedback birth biscuits bite bitten blacklist blackmail bladder bland blank blanket blatant blend
bless blew blinking blip blister blob bloc blow blown bluefish blueprint blunt blur bogus
boilerplate bold bomb bombard bonding bonus booklet boon boost boot border borderline boredom
bottleneck bough bouncing bound boundaries bow bowel bowl brace bracket brainwashed brake breach
bread breakdown breakthrough breast bricklaying bricks bridge brief brigade broad bronchitis browse
brunch brushed brute bubble buddies budding buffer bug builtin bulk bull bullet bumps bumpy bundle
bungalow burden bureaucracy bureaucratic buried burn burnt bushes bust bustle buzzer buzzwords
bypass bytes cab cabal cable cache caged cake calculate calculation calculator calendar calibrated
callable callous calorie camel cancel cancellation cancer cane canker canteen cantered canvas
capability capable capacity capitalism capitalist capitalization capitalize capsule caption capture
carbon cardiac caregiver caretaker carnage carpentry carpeted carpets carriage cart cascade cast
castle castor casual casualty cat catalog catalogue categorically categorize category catheter
caveats ceiling cent central centralized centre centric certificate certification certify chameleon
champion chandelier changeover channel chaos chaotic chapter char character charlatan charming chart
chasing checkin checklist checkout cheek cheerful cheerfulness cheese chefs chemist chemotherapy
cherished chess chewing childcare childhood childish china chipped chips chiropractor chocolate
chole chomp chop chosen chrome chronic chronically chronologically chucking chunk churn cigarette
cinema circa circuit circular circulation circumstance circumvent circus citizen civilians claim
clarification clarify clarity clash classic classification classify clause cleanliness cleanup clerk
clever click client climate clinical clinician clipboard clipping clock clockwork clone closet
closure clot clothing cloud clozapine cluster coal coalesce coax coca cocaine cocoa cod coefficient
coerce cognitive coherence cohort coincident collaboration collaborative collapse collapsible
collation colleague collect collection collective collector collision coloured column comb combat
combination combine combo comeback comet comfy comin comma command commence commend commendable
commentary commerce commercial commerical commission commitment communal communicate communication
communicative communicator communism communist compact companion comparable compare comparison
compartment compassion compassionate compatability compatibility compatible compelling compensation
compete competence competent competition competitive compilation compile complacency complete
completion complex complexity compliance compliant complicated complications compliment
complimentary component composer composing composite composition compound comprehension
comprehensive compress compression compromise computation compute conceivable concentrate
concentration concentric concept conceptual concise conclusion concrete concurrent condescending
condition conditional condo conducive cone confectionary conferences confidante confide confidence
confidential confidentiality configuration confirm confirmation confiscated confrontation confuse
confusion conjunction connector conscientious conscious consciousness consecutive consensus consent
consequently conservation conservative conserve considerable considerate consideration consist
consistency consistent console consolidate constant constitute constrain constraint construct
construction constructive consult consultancy consultant consultation consume consumption cont
contain contempt contends content contests context contiguous continence continental continual
continuation continue continuity continuous continuum contour contradicting contradictory contrary
contributed contributing contribution controversial convenience convenient convention conversational
converse conversion convert convex convey convince convoluted cookie cooperate coordinate
coordination cope copyright core coroner corporate correction correctness correlated correlation
correspond correspondence corridor corrupt corruption cosmetic couch coughing councilor countdown
counteract counterpart countless coupon courier courteous courtesy courtyard coverage covert cps cpu
crack craft crawl create creation creative creator credential creditcard crew cripple crisis
criteria criterion critical criticism critique crooked crop crossover crucial cruise crumble crunch
crusades cube cud cue culprit cumbersome cupboards cure curfew curl currency curriculum curtain
curve cushion custom customization customized cutoff cycle cylinder cynical cyst daft dangling
darken dash dashboard database daunting daylight deactivated deactivation deadline deadlock deaf
dealt dear debit debt decade deceiving decency decent deception decimal decipher decisive
declaration declarative declare decline decode decomposition decorated decorations decorator decorum
decrease decrement decribed dedicated dedication deduce deducted deduction deemed deer default
defeat defect defense defensive deferent defiantly deficits define definite definition deflate
defunct dehydrated delay delegate delegation delete deletion deliberately delighted delightful
delirium deliver delta dementia demise demo democracy democratic demographics demolishing demolition
demonstrate demoralize dent dental dentist dentistry deny depart departmental depend dependable
dependency dependent depleted deplorable deploy deployable deployment deposit depot depressant
depressing depression depth derby derivatives derive des descent describe description design
designate desire desktop despair despatch desperate despite desserts destabilize destination destroy
destruction destructive detached detail detain detect detection deteriorated deteriorating
determinant determination determine deterministic detriment detrimental deux devalue devastating
develop development device devil devised devoid dexamethasone diabetes diabetic diabolical diagnose
diagnosis diagnostic diagonal diagram dial dialect dialogue dialysis diaries diarrhea diazepam
dictatorship dictionary diet differential differentiate differentiation dig digit digital dignified
dignity dilated dilemma diligence diligent dimension dimensional din dine dingy diplomacy direct
direction directional directive directorate dirt disable disadvantage disallowed disappear
disappointing disappointment disapproval disapproved disassemble disaster disastrous discard
discharge disciplinary disclose discomfort disconnect discontinue discount discourage discover
discreet discrepancy discrepency discrete discriminate discrimination discus disease disgrace
disguise disgusted disgusting disintegrated disjointed disk dislike dislocated dislocation dismantle
dismiss disorder disown dispatch dispense displacement display disposable disposal dispose
disputable dispute disregard disruptive dissatisfaction dissatisfied dissension distance distinct
distinction distinguish distorts distract distraction distress distribute distribution distrust
disturb disturbance ditto dive diversion divide division divulge dizziness doable doc dock doctor
document documentaries documentation dollar domain domestic dominance dominant dominate dominoes
donkeys doorstep doorway dosage dose dot double downfall downgrade downhill downplayed downside
downtime dozing drain dramatic dramatically drastic drastically draughty drawbacks drawl drawn dread
dreadful drilled driven drunken dry dual duel dummy dump duplex duplicate duration dying dynamic
dynamically eager earliest earnings earth ease easiest eastern eaten eccentric echo eclipse economic
economically economy edit edition editor educate educational effective effectiveness efficiency
efficient effortlessly egg ego eject elaborate elastic elbow electric electrical electronic
electronically elegant element elevated elevating eligible eliminate elimination ellipsoid elusive
emaciated embarrassment embedded emblem embraced emit empathetic emphasis emphasizing emphatic
empire employ employee employment empower empowerment emulate emulator enable encapsulate encoded
encompassing encountered encountering encouragement encrypting encyclopedia endeavours endless
endure enemy engage engagement engine enhance enhancement enjoyable enlighten enormous entail
enterprise entertained entertaining entertainment enthusiasm enthusiastic entitled entitlement
entity enumeration envelope enviroment environmental envy epidemic epilepsy episode epoch equalize
equates equating equation equip equipment equivalence equivalent erase ere erratic error escalate
escalation escape essential establish establishment estate esteem estimate estimation etch ethics
evade evaluate evaluation eventful evident evil evolved exacerbated exacerbation exact examination
examine exasperating exceed excel excellence excellent except exception exceptional excerpt excess
excessive exchange excited exclamation exclude exclusion exclusionary exclusive exec execute
execution executive exemplary exempt exercise exert exertion exhausted exhausting exhaustive
existance existence existent existential exit exorbitant expand expansion expecially expectations
expedite expedition expense experiments expert expertise expiration expire explanation explanatory
explicit explodes exploding exploit explore explosion explosives export expose exposition express
expression extend extension extensive extent extern external extortionate extract extraction
extractor extracurricular extraneous extraordinarily extreme extremist exude eyelid eyesight
fabulous facilitated facilitating facility faction factor factual fade failure faint faithful
fajitas fallen fan fanatical fancy fantastic faraway fare farewell farther fashion fastened fat
fatal fatigue faultless favorable fax fearful feasible feature federal fee feedback fetch fever fiat
fictitious fiduciary fig filter filthy finalized finance financial fingernails finial finite fir
firm fist fit fitness fizzy flannel flash flashback flat flatten flavor flaw fleet flew flexibility
flexible flickering flights flimsy flip flirtatious float flock flooded flooding floppy flourish
flouting flowchart flown fluctuating fluent fluffy fluid flush flustered flux fly foam fold foldable
folk foment font footprint forbidden forbidding forceful forcibly forearm forecast foreign forge
forgetful forgotten fork formal format formula formulae formulaic forthcoming fortnight fortunate
forum foundation foward fraction fractional fracture fragment frail frame framework frankly frantic
fraud fraudulent frequency frequent fridge friendliness fright frighten fro frontend frozen fruit
frustration fudge fulfill fumes function functional fundamental fundraising furious furnish
furthermore fury fusion fuss fuzzy gadget gain gallery gap garbage garbled garden gate gateway
gather gel gem gen generalized generate generation generator generic generous gentle gentleman
gentlemen gentleness genuine geometry gestures gettin ghastly ghost gift gin gist git glare glee
glitch global globalization globalizing glorification glossary gloves gluten gnome gobble godsend
golf goo goodies goodness goofed gorup goverment government governmental graceful gradient grained
grammar grandchild granddaughter grandson granted granting granular graph graphic graphical grasp
grateful grating gratitude grave greedy greet grid gripe gripped grocery grossly growl growth grubby
grumble guest guideline guitar gum gymnastics habits hack haddock hairdresser hallucinating halt
halved ham handful handicapped handout happier happily happiness hardening hardships hardware
hardworking hare harmful hash hassle hatch hateful hatred haunted havoc headache headless
headquarters heal healthcare healthier heap heartbeat heartfelt heat heavyweight hectic height
helpfulness helpless hens hepatitis heritage hero hesitation heterogeneous hex hibernate
hierarchical hierarchy highlight hijacked hinder hindrances hint hip hire historic historical hitch
hive hobbies hoisted holistic holocaust homeland hometown homeward honey honorable honoured hook
hoop hopeful hopeless horizon horizontal hormonal horrendous horrific horrified horrifying horror
horticulture hospice hospitable hospitality host hostess hostile hotel housebound housekeeper
housekeeping housework hover hub humanity humble humilation humiliated humiliating humiliation humor
humour hurry hustle hybrid hydrated hygiene hypersonic hypo hypothyroidism ibuprofen icing icon
ideal identical identification identifier identify ideologies ides idiocy idiom idiomatic idle ifs
ignorant illness illustration image imbalance imbroglio imitation immeasurably immediate immense
imminently immune immutable impaired impairment impartial impatience impatient impeached impeccable
impenetrable imperative imperial imperialism impersonal impersonated impersonation implement
implementation implications implicit imply impolite import importance impose impress impression
impressive improperly improve improvement impure inability inaccessible inaccuracies inaccurate
inactivate inactive inactivity inadequate inadvertently inappropriate inbound incapable incensed
incentive inch incidence incite inclusion inclusive incoming incompatibility incompatible
incompetence incompetent incomplete inconsistency inconsistent inconvenient incorporate incorrect
increase incredible increment incremental incur indebted indeed indefensible indefinitely
independence independent indeterminate index indicate indication indicator indices indifferent
indirect individuality individualized indoctrination indoor induce induction industry inefficient
inevitable inexperience infant infected infection infer inference infidels infiltrate infinite
infirmary inflexible inflict influence inform informal informant informative infrared infrastructure
infusion ingredients inherently inherit inheritance inhibit initial initiate initiation initiative
inject injection injure injustice ink inn innermost innovative inoperative inpatient input inquest
inquire insane insecure insensitive insert insertion inset insight insightful insist insomnia
inspect inspection inspector inspiration inspirational inspire install installation installment
instance instant instantaneous instill instincts institution instruct instruction instructive
instructor instrumentation instruments insufficient insulin insurance intact intake integer integral
integrate integration intelligence intend intense intensity intensive intent intention inter
interact interaction interactive interbank intercept interceptor interchange interchangeable
interdependent interface interfere interference intermediate intermittent internal international
interpersonal interpolation interpret interpretation interruption intersection interstitial interval
intervened intervention interwoven intimate intimidate intimidation intolerable intolerance
intolerant intoxicated introduce introduction introductory intuitive invade invalid invalidate
invaluable invariant inventory inverse inversion invest investigation investment invincible
invisible invite invocation invoices invoke involvement invulnerable inward irrational irregular
irrelevant irritating isolate isolation isotropic italics item iteration itself jab jagged jar java
jaw jeopardy jersey jet jog joint jolly jolt journeys judgement judgment judgmental jug juggle junk
junkies justify keen kernel kettle keyboard keychain keynote kickoff kidney kindle kindliness
kindness kingdom kitchen knit knot knowledge knowledgeable labour labyrinth lad laden lag lake
laminated lamp landlord landmark latex launch laundry lax lay layman layout lazily leaf leaflet leak
leaning leaps lease legacy legend lemon lend length lenses lessen leverage lex liaison liberty
license lifeline lifestyle lifetime lighten lightweight limb limbo limit limitation linear linen
lingo linguist link linkage lion lip literate lithium load loaned lob local locale localization
localized locate location lockout lodge log logic logical logo lone loneliness longstanding longtime
lookout lookup loop loopholes lotus lounge lucid luck luckily lumber lump lunchtime lung madness
magazines magic magical magnetic magnificent magnify mail mailbox mainline mainstream maintain
maintenance makeup malformed malfunction malicious manageable managerial managment mandate manger
mania manic manifest manipulate manipulation manipulators mankind manor manual manufacturer map
margin marginally marital markdown market markup marquee marriage marvelous marvels masquerading
massage masse massive mast mat match mate material materialized maternity mathematical matrix matron
mattress mature maven maximize maximum mayonnaise meaningful measure measurement meat mechanics
mechanism medal meddling median mediation medication medics mediocre meditation medium mega meld
melt membership memorial mentality menu merchandise merchant mercurial merely merge merited merits
mesh message metaphor methadone methodical methodology meticulously metric metro mice microphone
microwave midnight midst midway midwife migraine migrate migration militarily milk mill millisecond
mimic mimicking min minefield minifying minimal minimize minimum minus miracles mirror miscellaneous
miscommunication misconception miserable misinterpreted misjudged misleading misled mismatch
misplaced misrepresented mission mistakenly mistook mistrust misunderstanding misunderstood misuse
mix moan mobile mobility mock mockups modal model modem moderate moderation modern modification
modifier modify module molecules momentum mon mono monochromatic monsters monuments mor moral morale
moribund morphine mortgage moths motion motivate motive motor motorbike mount mouse movement mug
mule multi multidimensional multilevel multilingual multimedia multipart multiplication multitudes
mum murder muscles mutual mysterious mystery mystified nagging nail naive narcolepsy narrowing natal
nature nauseous navigate navigation navigational nearby neat necessarily necessary necessity needle
negate negation neglect negligence negligent negotiating negotiation neighbours neonatal nerve nest
net network neural neurologist nevertheless newborn newsletter newspaper nibs niche nickname
nicotine nigh nightmare nighttime nil nodes nominate nomination non nonce nonsense normalize notable
notarized notation notch nothin notification notify notion notoriety nought nowadays nuance nuclear
nudge nuisance null numerical nursery nurturing nut nutrition obeying obfuscation objective obliged
obliging obliterate obnoxious observation observe obsessive obstructed obtain obvious occasion
occasional occupancy occupation occupational occupy occurrence octave oddity ode offset offspring
oil ombudsman omit onepage ongoing onset opaque opera operand operate operation operative operator
opposed opt opticians optimal optimistic optimization optimize optimum optional oracle oral orchard
ordere ordinary ordinates ordination ore organic organised organize orientation oriented origin
originate origination orphan othe ought outage outbreak outcome outdoor outings outlet outline
outlook outpatient output outrageous outreach outset outstanding outward oval overcharged overcome
overcooked overcrowding overdose overdue overextend overflow overhaul overhead overkill overlap
overlay overload overlook overnight overridden override overseas overshadow oversight oversized
overthrow overtime overuse overview overweight overwhelmed overwhelming overworked overwritten owe
owing ownership oxygen pace package packet pad paginated painful painkillers painless pair pal
palace palindromes palliative palpitations pampered pan pandemic pane panel panic panicking
pantomime paperclip paperwork par parade paradigm paradise paradox paragraph parallel paralyze
parameter parametric paranoid parental parentheses parkway parsing partial participate particular
partition pas passenger passion passionate passwords pasta paste patch patents pathetic pathway
patient patriotic patter payback paycheck payment payroll peak peanuts pediatrician peek pelvis
penalty pending penetrate pensioners pentagon perceived percent percentage perception perfection
perforce perform performance perfume perfunctory perhaps periodic periodically periodicals permanent
permissible perplexed persecution persist persistence persistent personalized personnel persuade
pertain pertinent pervasiveness pesos pest pet petrified phantom pharmacist pharmacy phase
philosophies phonic photo phrase physiotherapist piano pie piecewise pier pillow pills pilot pimp
pin ping pinpoint pipe pipeline piracy piss pitch pitchfork pitfalls pity pivot pivotal placard
placement plain plane plant plasters plastic platform platinum plea pleasant pleasurable pleasure
plentiful plight plot plug plumbing pneumonia pocket podiatric podiatrist poignant pointless
poisoning polar polarized polish politeness politics poll pollution polynomial poof pool popularity
populate pork porridge port portal portion portray pose positional possess possession possibility
postal postponed postscript posture potato potential pour powerless practical practitioner pragmatic
praise preamble precedence preceding preceeding precise precision predicates predict prediction
predominately preface preferable preference prefixes pregnancy prelude premature premier premiere
premises premium prep prepare prescribe prescription presentable preserve presidency press prestige
presumably presumptuous prevail prevention preview priced priceless prices pricing primarily primary
prime primitive principle printout priority probabilistic probability probable probe problematic
procedural procedure proceed processional processor produce product production productive
productivity prof profession professionalism proficient prognosis programmable programmatic progress
progression progressive prohibited projection promote promotion pronounced proof prop propagate
propagation propel proportionally proportionate proportioned proposed proprietary prosecution
protein protocol prototype proven provinces provision provoke prowess proximity proxy prune pseudo
psychiatric psychiatrist psychological psychologist psychology psychotherapist psychotherapy
psychotic publicity publish pudding pulmonary pulse pump punctually punctured puppy purchase pure
purpose purposefully pursue puzzle python quadratic qualify quality quantification quantified
quantitative quantity quantum quarantine quarter quartz queen query questionable questionnaire queue
qui quicken quickie quickness quicksilver quietness quirks quiz quotation radial radiators radical
radio rage rail railings rain ram ramp rang range rank rant rapid rapport rare rash rate ratio
rational rationale rationalize rattling raw razor reactivated reactors readable readily readmitted
reaffirm realistic realistically reality realm reappeared rear rearrange reasonable reassign
reassurance reassure rebate rebuild rec recall receipt receive recent reception receptionist
receptive recharge recipe recipient reckon recognised recognition recognize recommend recommendation
reconcile reconfigure reconnect reconstruction recourse recover recoverable recreate recruit
recruitment rectangle rectangular rectify recuperate recurrent recurring recursive recycling
redecorating redefine redefinition redial redirect redirection redo redraw redress reduce reduction
redundant redwood refer refill refine refinement reflect reflection reflective reform refresh
refreshments refuge refund refusal regain regard regardless regenerate regime region register
registrar registration registry regress regression regret rehabilitate rehabilitation reimburse
reinforce reinstall reinstate reject rejection relapse relation relational relative relaunch
relaxation relay release relevant reliability reliable reliance relief relieve relocate relocation
reluctant rely remain remainder remarkable remedied remedies remorse remote removable removal renal
rename render renew renovations rent rental reopen reorder reorganize repair repay repetition
repetitious repetitive replacement replay replenish replicate replication repository representation
representative reproduce reputation request requirement requisites reschedule rescue research
resemble resent reservations reserve reset resettlement reshape reside residence resident
residential resin resolution resolve resort respectively respiratory respite respondent responsive
restart restaurant restful restless restore restraint restrict restriction restrictive resubmitted
resume resuscitated retail retain retaliate retaliation retarded retention retina retire retirement
retract retrained retribution retrieval retrieve reusable reuse revealed revealing revenge reverse
revert review revised revision revisit revive revoke revolution reward rewrite rewritten ribbon ribs
richest ridden rig rigid rigorously ring rip rise risk roast robbing robots robust rock rode rogue
rollback rollout rollover rollup roof root rotate rotation rotunda route routine rowdy royalty
rubbish ruble ruin rummaging rung rupee ruptured rural rushing sack safari safeguard saint sake
salad salary sale saloon salt salute salvation sample sanctions sandwich sanitize sanity sap
satellite satisfaction satisfactory satisfied sausages scaffolding scalar scale scammed scar scare
scatter scenario scene scenery sceptical schema scheme schizophrenia scientific scion scooter scope
score scoreboard scrambled scrap scrape scratch screen screw script scroll seam seamless season
seasonal secluded seclusion secondary secret secretarial sector sed seek segment segmentation
segregation seizure select selection selective selectors sell selves semantic send sensibilities
sensible sensitivity sensor sentence sentimental separation sepsis septic seq sequence serial
serialized series seriousness serve setback settled settles setup sever sevices sha shall shallow
shambles shape shark shatter shave shear sheet shelf shell shelter shelve shield shingles ship
shipment shivering shortage shortcomings shortcut shorten shorthand shortness shove shown shrink
shuffle shutdown shuttle sic sickness sieve sift sight signal signature significance significant
signify sill silver similiar simplicity simplify simplistic simulate simulation simulator
simultaneous sincere sine sing single sinister sink siphoned situ sizable skeleton skewed skilfully
skill skillful slash sleepless slice slide slight slip slot slowdown slowness slug sluggish
sluggishness smack smashed smashing smelt smooth snapshot snatch sniffing snippets snotty soaked
soap sob sociable socialize society sock socket sofa software soggy soil soldier sole solidly
solution solve sometime soothe sophisticated sought sour source sovereign spa spacious span spare
spark sparkle sparse spasms spatial spawn specialist specialization specification specify specs
spectacles spectacularly spectrum speculative speed speedier speedup spell spewing spicing spicy
spiel spike spilling spin spinal spire spirit spiritual spirituality spite splash splendid spoils
spoken sponsor spoof sporadic spotless spotlight spouses spread spreadsheet sprint sprung spurious
square squashing squeeze squid stability stable stack staf stagger stair stale stall stamina stamps
stance standard standstill starchy startup starvation starved stateless static statistical
statistics status statutory steady steel steer stereo steroid stiffness stigma stimulate sting stink
stipulations stir stitch stock stockings stodgy stomach storage stormy straightforward strain strait
stranded strangeness strategy strawberry stray stream streamlined strength strengthen strenuous
stretch strike string strip stroke stronghold struck structural structure stub studio stumbling
stumped stupidity stutter style subgroups submission submit subscribe subscription subscripts
subsection subsequent subset substance substantial substitution substructure subtract subtraction
subtype subversion subversive succeed success successful successive sucess suffer suffice sufficient
suffix sugar suicidal suicide suitability suitable suitcase suite sum summarize summary summation
sun sunglasses sunshine superb superfast superior superstar supper supplementary supplemented
supplier supply supportable suppress supremacy surf surface surge surgeon surgery surgical surname
surprise surround survival survive suspicion suspicious swallow swap sweats sweet sweeten swell
swiftly swing swiped switchboard swollen symbol symbolic symmetric sympathetic sympathetically
sympathy symptom sync synchronize synchronous syndrome synonym syntactic syntactical syntax syringe
systematically systemwide tab tablet tachycardia tacked tactic tactical tag tail tailored tailoring
taint takeaways takeover tale talkative tangent tangible tank tar tarmac taste tasteless tat taxi
teamwork technical technicians technique tee teenage teeth telephone televisions televison
temperature template temple temporal temporarily temporary temptation tempted tendency tenderness
tennis tentative tenure terminal terminate termination terminology terrain territory terror
terrorism terrorist terrorize testimony textual texture theatre theme theorem theoretical theory
ther therapeutic thereafter thereby therefore thereof thereto thermometer thermostat thesis thet
thick thief thin thirsty thorough thoughtfulness thread threshold thrived throat throbbing throttle
throwaway thumb thumbnail thus thy tick ticket tidy tie tier tiff tiger tighten tile till timeliness
timetable tint tip tiring tissue title toad toast toddlers toe toenails toiletries token tolerance
tolerant tongue tonic tooth toothpaste topic topple tortoise tot total towels towers traces tracing
trade tradition traditional trail trait trajectory trample transact transaction transform
transformation transfusion transient transition translate translation translucent transparency
transparent transpired transplant transport transportation transposition trap travel traverse
travesty tray treasured tree tremendous triage trial triangle triangular tribunals trick trigger
trim triple triumph trivial trolley troops trough truley truncated trunk trustworthy truthful tryin
tube tumbleweed tummy tuna tune tunnel turkey turmoil turnaround turnover tutorials tweaked twise
twist tying typecast ulcer ulcerated ultimate ultra ultrasound unacceptable unaided unannounced
unanswered unattended unauthorized unavailable unavoidable unaware unbearable unbeknownst
unbelievably unblock uncaring uncertain uncertainty unchanged unchecked unclean unclear uncommitted
uncommunicative unconditionally unconscious undecorated undefined undercover undergoing underline
underlying undermine underneath underpaid underscore understandable understating undertake undertook
underway undetected undo uneasy unequal unescorted unexpected unexplained unfailingly unfairness
unfamiliar unfold unfortunate unfriendly ungrateful unhappy unhealthy unheard unhelpful unhurried
unidirectional unimportant uninformative uninteresting uninterrupted uninterruptible union uniquely
unite universal university unknowingly unlike unlimited unload unlock unlucky unmanaged unmodified
unnamed unnecessarily unnecessary unneeded unobserved unorganized unpack unpleasant unprecedented
unpredictable unprofessional unpublished unreadable unrealistic unrealistically unrecognized
unregistered unrelated unreliable unresolved unresponsive unruly unsatisfactory unsatisfied
unscheduled unsettled unsettling unsigned unstable unsteady unstructured unsuccessful unsuitable
unsuited unsupported unsure untouchable unusable unused unusual unwanted unwilling upbeat upcoming
update upgrade upheaval ups upside upstream uptight upwards urban urethra urge urgency urgent urine
usability usable usage utility utilizing utmost utter vacant vacation vaccine vague validate
validation validity valuable value valves vanity variable variance variant variation variety various
varnish vary vast vector vegetables vegetarian vehicle vein velocity vending vendor venerable
vengeance venue verification verifier verify verity versa version versus vertebrae vertical vest
veterans vexing viability viable vicious village violate violation virgins virtual virtue virus visa
visibility vision vista visual vital vocation void volatile volume voluntary vomiting vulnerability
vulnerable wad waffle wage waif waitresses waived wake walkin wallet wan warden wards warfare warmth
watchdog wave weaken weakness wealth weaning weaving web wedding wee weekday weigh welfare wellbeing
western wet whatsoever wheel wher whirlwind whom whoops wicket widget width willingness wince winded
winding windy wine wing wipe wire wisdom withdraw withdrawal withdrawn withdrew witness wizard
wobbly woes woken wonderful woodwork workbooks workdays workload workmen workout workplace worksheet
workstation worldwide worn worsen worship worthwhile wound wrap wreak wreck wree wrist wrongfully
wth wtih xxxx yield yoga yogurts yourselves yrs yyyy zip zombie zoom`;
