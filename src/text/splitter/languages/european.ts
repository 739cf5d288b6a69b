/** German, French, Spanish, Portuguese, Italian, Dutch, Polish, Russian and Turkish. */
import { abbreviationTable, languageTables, wordSet } from './language.ts';

export const GERMAN = languageTables({
  abbreviations: abbreviationTable({
    title: `dr fa prof hr fr frl st dipl ing med phil rer nat jur habil mag kath evang ev abs str berl bspw ggf`,
    label: `nr s abb abs art bd kap tab vgl nrn z.nr tel aufl ca`,
    inner: `z.b z b d.h d h u.a u a bzw vgl ca evtl ggf inkl exkl s.o s.u z.t z.z u.ä v.a i.d.r o.ä sog vs mind
      max tägl geb gest ehem allg i.a z.hd bzgl einschl`,
    ending: `usw etc uvm gmbh co ag kg e.v u.s.w jh jhd jt`,
    date: `jan feb mär apr jun jul aug sep sept okt nov dez mo di mi do fr sa so`,
  }),
  capitalOnly: wordSet(`mo di mi do fr sa so mag`),
  starters:
    wordSet(`der die das er sie es wir ich du ihr ein eine dies diese dieser dieses dort hier da dann aber und
    doch denn wenn als wie was wer wo warum auch nur noch sein seine ihre unser mein nach vor bei mit in im am an auf
    aus für von zu zum zur man jetzt heute morgen gestern so alle viele jeder jede kein keine`),
  functionWords:
    wordSet(`der die das den dem des ein eine einen einem einer und oder aber in im an am auf aus bei mit
    von vom zu zum zur für über unter nach vor durch dass ob wenn weil als wie ist sind war sehr nicht auch`),
  numberLabels: wordSet(`schritt kapitel teil frage tag woche regel tipp`),
  streetEnding: 'str',
  ordinalDot: true,
});

export const FRENCH = languageTables({
  abbreviations: abbreviationTable({
    title: `m mm mme mmes mlle mlles dr drs pr prof me mgr st ste gén col cap av bd boul`,
    label: `n° no nº fig p pp vol chap art tél éd env cf`,
    inner: `c.-à-d p.ex p ex cf env av apr vs ca hab s.v.p`,
    ending: `etc cie s.a s.a.r.l sarl inc j.-c`,
    date: `janv févr fév avr juil sept oct nov déc lun mar mer jeu ven sam dim`,
  }),
  capitalOnly: wordSet(`m me p st mar mer sam`),
  starters:
    wordSet(`le la les l' un une des il elle ils elles on nous vous je tu ce cet cette ces c'est mais et ou donc
    or ni car alors puis ensuite ainsi cependant quand si comme pour dans en à au aux avec sans sur sous par où que
    qui quoi mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs`),
  functionWords:
    wordSet(`le la les un une des du de et ou mais à au aux en dans sur sous par pour avec sans que qui dont
    où si ce cet cette ces mon ma mes son sa ses est sont très`),
  numberLabels: wordSet(`étape chapitre partie question jour semaine règle`),
});

export const SPANISH = languageTables({
  abbreviations: abbreviationTable({
    title: `sr sra srta srtas sres dr dra drs lic ing prof profa d dña da gral cap cnel tte mons fr st sta sto avda av cra
      cll mt`,
    label: `no nº n° núm nro art arts pág págs fig cap vol párr párrf tel ext piso p pp`,
    inner: `ej p.ej p vs aprox ee ee.uu cf ca máx mín a.c d.c id`,
    ending: `etc cía s.a s.l ltda uu d.c hs min seg km`,
    date: `ene feb mar abr may jun jul ago sep sept set oct nov dic lun mié jue vie sáb dom`,
  }),
  capitalOnly: wordSet(`d da no mar may set p`),
  starters:
    wordSet(`el la los las un una unos unas él ella ellos ellas yo tú usted ustedes nosotros lo le les se mi su
    sus este esta estos estas ese esa eso esto aquel y o pero porque si cuando como donde qué cómo cuándo dónde quién
    para por con sin en de a al del entonces luego después antes también además aunque mientras hay es son fue`),
  functionWords:
    wordSet(`el la los las un una unos unas de del y o u e pero a al en con sin por para que si como donde
    cuando su sus mi mis tu tus es son muy este esta se lo le`),
  numberLabels: wordSet(`paso capítulo parte pregunta día semana regla`),
});

export const PORTUGUESE = languageTables({
  abbreviations: abbreviationTable({
    title: `sr sra srs sras srta dr dra prof profa eng exmo exma d av r st sta sto`,
    label: `nº n° núm art pág págs fig cap vol tel p pp`,
    inner: `ex p.ex vs aprox cf ca`,
    ending: `etc cia ltda s.a`,
    date: `jan fev mar abr mai jun jul ago set out nov dez`,
  }),
  capitalOnly: wordSet(`d r mar set out p`),
  starters:
    wordSet(`o a os as um uma ele ela eles elas eu tu você vocês nós este esta isso isto mas e ou se quando como
    onde que por para com sem em de no na depois antes também`),
  functionWords:
    wordSet(`o a os as um uma de do da dos das e ou mas em no na nos nas com sem por para que se como ao à
    é são muito seu sua`),
});

export const ITALIAN = languageTables({
  abbreviations: abbreviationTable({
    title: `sig sigg sig.ra sig.na dott dott.ssa dr prof prof.ssa ing avv arch geom rag on sen gen col cap s san`,
    label: `n nr num art pag pagg fig cap vol tel p pp`,
    inner: `es p.es ad.es vs ca cfr c.a`,
    ending: `ecc etc s.p.a s.r.l soc`,
    date: `gen feb mar apr mag giu lug ago set sett ott nov dic`,
  }),
  capitalOnly: wordSet(`on s mar p n`),
  starters:
    wordSet(`il lo la i gli le un uno una egli ella lui lei noi voi loro io tu questo questa ma e o se quando come
    dove che per con senza in di a da dopo prima anche`),
  functionWords:
    wordSet(`il lo la i gli le un uno una di del della dei e o ma a al alla in nel nella con senza per che se
    come da su è sono molto`),
});

export const DUTCH = languageTables({
  abbreviations: abbreviationTable({
    title: `fa dhr mevr mw dr drs prof ir ing mr ds st burg`,
    label: `nr nrs art blz pag p pp fig tel`,
    inner: `bijv bv o.a d.w.z t.a.v m.b.t i.p.v n.a.v vs ca evt incl excl`,
    ending: `enz etc b.v n.v`,
    date: `jan feb mrt apr jun jul aug sep sept okt nov dec`,
  }),
  starters:
    wordSet(`de het een hij zij ze wij we ik jij je u dit dat deze die maar en of dan als wat wie waar waarom hoe
    daar er nu ook`),
  functionWords: wordSet(
    `de het een en of maar in op aan met van voor te bij uit over door dat die is zijn was niet`,
  ),
});

export const POLISH = languageTables({
  abbreviations: abbreviationTable({
    title: `p dr prof inż mgr hab ks św gen płk ul al pl os`,
    label: `nr str s rys tab art t tel`,
    inner: `np tzn tj m.in ok w np vs ds dot`,
    ending: `itd itp etc r w`,
    date: `sty lut mar kwi maj cze lip sie wrz paź lis gru`,
  }),
  starters: wordSet(
    `ten ta to on ona ono oni my ja ty wy ale i a lub gdy jak co kto gdzie kiedy czy w na z do po`,
  ),
  functionWords: wordSet(`i a w na z do po o u od za nie że to jest są się`),
});

export const RUSSIAN = languageTables({
  abbreviations: abbreviationTable({
    title: `ул г гр проф акад им св пр просп пл пер наб д кв стр обл р-н тов`,
    label: `рис табл гл с т п ст № тел руб`,
    inner: `т.е т.к т.н т.д т.п напр др см ср е к н`,
    ending: `и.т.д и.т.п гг вв тыс млн млрд руб коп в г`,
    date: `янв фев апр авг сент окт нояб дек`,
  }),
  starters:
    wordSet(`он она оно они мы я ты вы это этот эта эти тот та но и а или если когда как что кто где почему в на с
    по для от до из`),
  functionWords: wordSet(`и а но в на с к по о от до из за у не что как это`),
});

export const TURKISH = languageTables({
  abbreviations: abbreviationTable({
    title: `dr prof doç av sn st alb gen yrd`,
    label: `no s sf cilt tel mad`,
    inner: `örn vb bkz yy mah cad sok`,
    ending: `vs vd ltd şti a.ş`,
  }),
  starters: wordSet(`bu şu o ben sen biz siz onlar ama ve veya eğer nasıl ne neden`),
  functionWords: wordSet(`ve veya ile bir bu şu için de da ki ama`),
});
