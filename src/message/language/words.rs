//! The words by which a language is known.
//!
//! The lists are of words that nobody can write a sentence without. What several languages share tells nothing of
//! either: such words are told apart as [`SHARED`], wherever else they stand below. The words of trade are there because headings and offers have few others.

/// Words of English, written apart by blanks.
pub(super) const ENGLISH: &str = "\
the and you your yours this that these those with from have has had having been being were are our ours their theirs \
they them his her hers she him its it's i'm i've i'll i'd you're you've you'll you'd we're we've we'll we'd they're \
they've that's there's here's what's who's let's don't doesn't didn't isn't aren't wasn't weren't can't cannot couldn't \
won't wouldn't shouldn't haven't hasn't hadn't ain't dont cant wont youre weve ive its \
what which who whom whose when where why how whether while because although though unless until since before after \
above below between through during without within against about across around behind beside beyond into onto upon out \
off down up again then than there here other another each every either neither both any some such same own few many much \
more most less least several enough only just also too very even still yet already always never ever often sometimes soon \
now today tomorrow yesterday tonight later early once twice else instead rather quite almost perhaps maybe however \
therefore otherwise further together away back forward next last first second third \
can could may might must shall should would does did doing done get gets got getting give gives given giving gave \
go goes going gone went come comes coming came take takes taken taking took make makes made making see sees seen seeing \
say says said tell tells told know knows known think thinks thought want wants wanted need needs needed like likes liked \
let lets keep keeps kept put puts set sets use uses used using find finds found show shows shown look looks looking \
looked work works working worked call calls called calling try tries tried ask asks asked asking feel feels leave leaves \
left meet meets met help helps helped helping start starts started starting stop stops stopped run runs running turn \
turns bring brings brought hold hear hears heard read reads reading write writes written send sends sent sending reply \
replies replied receive receives received receiving pay pays paid paying buy buys bought buying sell sells sold spend \
spent save saves saved saving earn win wins won winner choose chosen pick order orders ordered ordering ship shipped \
shipping deliver delivers delivered delivering delivery collect collected collection return returns returned refund \
refunds exchange book books booked booking visit visits check checks checked checking click clicks tap press follow \
follows following join joined joining sign signed signing register registered log logged login share shares shared invite \
invited view views watch play plays listen learn learned study teach open opens opened close closes closed move moves \
change changes changed changing update updates updated updating upgrade confirm confirms confirmed verify verified \
complete completed enter entered add added remove removed delete deleted cancel cancelled canceled renew renewed renewal \
claim claimed apply applies applied applying offer offers offered offering enjoy discover explore explores introducing \
build built create created creating grow growing improve include includes included including become became remain remains \
remember forget hope wish welcome thank thanks sorry please hello dear hey hi bye love loved miss missed believe happen \
happened happens wait waiting expect expire expires expired end ends ended begin begins stay live lives lived living \
new old good better best great big bigger biggest small little large long short high low full empty free extra special \
exclusive limited available ready easy easier quick quickly fast simple sure safe secure important different right wrong \
true real own whole half double total final latest recent current previous past future happy sad nice beautiful perfect \
amazing fantastic favourite favorite hot cold warm cool fresh clean dark light bright early late young hard soft heavy \
cheap expensive lower higher top bottom front side upcoming unique local public private personal professional official \
people person man men woman women child children kid kids family friend friends customer customers member members \
membership team staff user users everyone everything everybody someone something somebody anyone anything nothing nobody \
one two three four five six seven eight nine ten hundred thousand million \
time times day days week weeks weekly month months monthly year years yearly hour hours minute minutes morning afternoon \
evening night weekend monday tuesday wednesday thursday friday saturday sunday january february march april june july \
august september october november december spring summer autumn winter christmas easter birthday holiday holidays season \
date dates deadline schedule appointment appointments reminder reminders \
home house room place places world country city town street road shop shops shopping store stores market office school \
university college hospital bank water food drink meal kitchen garden car cars bike train flight flights travel trip \
door window table chair bed shoes shirt dress clothes clothing fashion style size colour color \
thing things way ways part parts point points case fact idea question questions answer answers problem problems issue \
issues reason reasons example result results news story stories article articles letter letters email emails mail message \
messages text texts phone phones mobile number numbers name names address addresses password account accounts card cards \
code codes link links page pages site website online internet app apps software computer device devices data file files \
image images picture pictures photo photos video videos music game games money cash price prices pricing cost costs fee \
fees rate rates amount payment payments bill bills invoice invoices receipt receipts balance credit debit loan loans \
mortgage tax insurance cover policy policies claim quote deal deals sale sales discount discounts voucher vouchers coupon \
coupons gift gifts prize prizes reward rewards bonus trial plan plans package packages product products item items range \
brand brands service services support company business businesses industry job jobs career careers event events \
conference webinar meeting meetings session sessions course courses class classes lesson training programme program \
project projects guide guides tips list lists newsletter subscription subscribe subscriber unsubscribe preferences \
settings privacy terms conditions information details detail contact report reports review reviews feedback survey \
surveys research opinion response experience experiences chance opportunity opportunities access request requests \
application applications form forms document documents copy print download downloads upload install feature features \
version system systems security safety health care medical doctor patient patients energy power gas electricity meter \
broadband network signal charge charges charged contract agreement notice alert alerts notification notifications status \
activity history record records profile choice choices option options benefit benefits value quality power interest rights \
under over left right yes not nor per via plus \
afternoon upon towards regarding attached below above ahead alone along among apart aside anytime anywhere everywhere \
somewhere mind hand hands head eye eyes face life lot lots kind sort type level state area line round board body ground \
able unable likely possible impossible interested excited proud delighted pleased grateful welcome congratulations \
congrats urgent important attention required due overdue pending successful successfully \
u ur r txt msg msgs pls plz thx luv hav wat wen y'all gonna wanna gotta cuz coz tho nite lol ringtone ringtones tone tones \
wk wks hr hrs min mins mob nokia entry sms voicemail landline chat girls guys sexy dating unlimited weekly award awarded \
guaranteed draw selected landlines collect operator camera handset network polyphonic reveal fancies \
england scotland wales ireland britain british english london uk \
election vote votes voting voter voters donate donated donation donations campaign campaigns candidate president senate \
senator congress governor fight support chip rush pitch volunteer volunteers";

/// Words that English has and other languages too: too little to tell, and something all the same.
pub(super) const SHARED: &str = "\
message date place table code image photo page site version option options question minute minutes contact moment nature \
transport restaurant bye under her ha haha ya na ma oh yo ok okay ah hmm san santa st saint air non till fix \
a i in on is was we of do no to for be by at as or if an so me my he us am go it all will over but not bare her den dan \
man hat men war were well van met par pour sur con son mi so far fart old an also has had his are er come more some made \
dice fin pan pane care once sale come per plan person email hotel internet menu video radio taxi bus bar club film \
information service television telephone natural normal general total final original special national international \
app online web server status data album alarm standard test start stop team party shop sport golf pub ticket";

/// Words by which a sentence is known for one that is not English.
pub(super) const FOREIGN: &str = "\
y yr yn ac mae nid oes bod wedi wrth gyda gan gennych eich ein eu chi ni nhw hwn hon hyn hwnnw bydd byddwch rydym rydych \
neu ond os pan sydd oedd fydd cael gallwch gellir rhaid dylech cliciwch yma ffoniwch cysylltwch nawr heddiw yfory newydd \
holl bob dim ddim am ar gyfer at drwy heb dan dros rhwng mwy gwybodaeth cymraeg gymraeg diolch helo annwyl croeso bore \
gwasanaeth gwasanaethau cyfrif dyddiad rhif enw cyfeiriad apwyntiad archeb talu llun mawrth mercher iau gwener sadwrn sul \
i'r i'ch o'r a'r a'ch a'i i'w o'ch o'n â'r â mewn fel hefyd pwysig angen \
nie się dla jest są był była było przez przed przy pod nad bez oraz lub albo ale czy jak jako tak tylko już może można \
który która które których tym tego tej ten tę tych twój twoja twoje twojego ciebie cię ci nas nam wam was państwo państwa \
pana pani twoim swoje swój jeśli aby żeby zostało został została kliknij tutaj teraz dzisiaj dziś dziękujemy witaj \
wszystkie wszystko nasz nasza nasze naszych zamówienie konto proszę prosimy bardzo dnia od po za ze na z o w do \
și sau dar pentru este sunt din cu la pe nu fost fi mai acest această aceasta acestui dumneavoastră dvs vă va vor care \
ce cum când unde despre prin fără după până dacă poate puteți tău tale dvs nostru noastră noastre bună ziua mulțumim \
oferta comanda contul aici acum \
und der die das den dem des ein eine einen einem einer ist sind wird werden wurde nicht mit für auf von vom zu zum zur bei \
aus nach oder aber auch wenn dass sich sie ihr ihre ihren ihrem ihnen ihrer wir uns unser unsere unseren können kann haben \
hat durch bis über noch nur schon sehr mehr hier jetzt bitte vielen dank guten liebe lieber kein keine diese dieser \
dieses diesen im am um als wie was \
le la les un une des du de et ou est sont pour par avec dans sur sans sous entre vers chez que qui quoi dont où ne pas plus \
moins votre vos nous vous notre nos leur leurs mon ma mes ton ta tes son sa ses ce cet cette ces il elle ils elles on je \
tu être avoir avez avons ont été fait faire peut pouvez aux au en y mais si comme très bien tout tous toute toutes aussi \
merci bonjour cliquez ici maintenant chère cher d'un d'une l'on n'est c'est j'ai qu'il \
el los las una unos unas del al y o e pero para por con sin sobre entre desde hasta hacia según que qué cual cuando donde \
como cómo su sus tu tus mi mis nuestro nuestra nuestros es son está están ser estar ha han he hemos puede pueden puedes \
no se lo le les te nos más menos muy también ya aquí ahora hoy gracias hola estimado usted ustedes todo todos toda todas \
este esta estos estas ese esa haga clic \
o os as um uma uns umas do da dos das no na nos nas em ao aos à às pelo pela de e ou mas se que não sim com sem para por \
seu sua seus suas você vocês nosso nossa é são está estão foi ser ter tem mais muito também já aqui agora hoje obrigado \
obrigada olá clique sobre até \
il lo gli i le la un uno una di da del della dei delle degli al alla allo ai alle dal dalla nel nella sul sulla con per tra \
fra e ed o ma se che chi cui non è sono sei siamo ha hai hanno abbiamo può puoi più meno molto anche già qui ora adesso \
oggi grazie ciao gentile suo sua tuo tua tuoi nostro nostra questo questa questi queste clicca tutto tutti \
de het een en van voor met op te aan bij uit naar door over onder tussen zonder niet geen maar want dat dit deze die wij \
we u uw jij je jouw jullie hij zij ze hun ons onze zijn is was waren wordt worden werd heeft hebben kan kunt kunnen zal \
zullen moet moeten ook nog wel al meer veel hier nu vandaag bedankt hallo beste klik om als er \
og i på til af for med ikke men eller hvis at det den der de dem vi os jer du dig din dit dine deres vores min mit mine \
er var bliver blev har havde kan skal vil må kunne skulle ville om fra ved efter før under over mellem uden hvor hvad \
hvem hvordan når også kun nu her tak hej kære klik denne dette disse alle mere meget \
och att det som en ett är var på för med till av inte om har hade kan ska vill från vid efter eller men så när här nu \
vi ni du din ditt dina er ert era oss vår vårt våra mycket mer alla tack hej kära klicka \
ei og det som på til av ikke er å jeg deg dere vår vårt våre hvis noe bare også takk hei kjære \
ja on ei se että tai kun jos mutta niin myös vain nyt sinun teidän meidän ovat olet olla voit kanssa kiitos hei \
és az egy nem van volt hogy vagy ha meg már csak még is ez azt ezt önnek ön kedves köszönjük itt most minden \
a je se na že jako pro při nebo ale když jsem jste jsou byl byla bylo být není má máte vás vám váš vaše naše této tento \
tato zde nyní děkujeme dobrý den prosím v s z k u o po za od do už jen ještě však \
ir kad su iš per yra buvo nuo už dėl arba bet jei jūsų mūsų mes jūs tai šis ši ačiū čia dabar visi \
un ir ar par no uz kas lai bet vai ja jūsu mūsu mēs jūs tas šis paldies šeit tagad \
i u na je da se za od sa su ili ali ako kao što koji koja koje nije biti vas vam vaš vaša naš hvala ovdje sada svi \
ve bir bu için ile de da mi ne çok daha en ama veya gibi olarak olan var yok değil siz sizin biz bizim ben sen size \
lütfen teşekkürler merhaba burada şimdi hemen tıklayın kadar sonra \
dan yang di ke dari untuk dengan ini itu tidak ada akan pada anda kami kita saya atau juga sudah bisa dapat adalah \
na ya wa kwa ni katika hii hiyo kama lakini au si yako yetu wako asante habari hapa sasa \
agus an na ar is tá níl bhfuil raibh ní go do mo ár bhur sé sí siad tú sibh mé leis le don den sa san ach nó má cad conas \
cá atá chun gach seo sin maith raibh bhí beidh déan roghnaigh cliceáil anseo níos \
tha airson anns aig chan eil gu bheil dhuibh agaibh sibh bha bidh gach nach chaidh cuir thoir feuch innte dha dhan \
waa iyo ka ku la oo uu ay si aan waxa waxaad halkan mahadsanid \
aap aapka aapki aapke hai hain ka ki ke ko se mein nahi nahin kya yeh woh apna apni apne kar karo karein liye aur par bhi \
ji hum humara tum mera meri gaya raha rahe \
është dhe për një nuk me të në që ka janë ju juaj ne jemi ose por nga tani këtu faleminderit \
ang mga ng sa at ay hindi ito iyong ako ikaw kayo namin natin para kung po \
và của là không có cho được này với một các những bạn chúng tôi";

/// Words that English has taken in with their marks.
pub(super) const TAKEN_IN: &str = "\
café cafés cafe résumé résumés naïve fiancé fiancée crème brûlée pâté entrée entrées décor jalapeño jalapeños \
piñata soufflé cliché clichés façade über voilà née touché exposé sauté sautéed purée rosé flambé señor señorita pokémon \
coöperate première premières matinée soirée protégé passé risqué doppelgänger smörgåsbord açaí crêpe crêpes gruyère \
rösti schön château châteaux gâteau gâteaux déjà fête fêtes maître pièce résistance carte \
tête moët rosés latté frappé negligée lingerie papier mâché appliqué café's naïvety blasé ångström \
eisteddfod cwm cwtch llan";
