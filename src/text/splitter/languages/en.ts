/** English: abbreviations, sentence starters and function words. */
import { abbreviationTable, languageTables, wordSet } from './language.ts';

export const ENGLISH = languageTables({
  abbreviations: abbreviationTable({
    title: `mr mrs ms mx dr drs prof profs rev hon st sts ste mt mts ft pt gen col capt lt sgt maj cmdr cdr adm gov sen
      rep reps sens pres supt pfc pvt cpl spec sfc spc fr br mgr msgr comm adj insp det sr sra messrs mmes mme mlle asst
      assoc atty dist admin acting amb brig bp abp cllr cpt ens rt sir fed cal calif mass ill tex va miss wash fla
      pub const amend bus civ evid crim rptr appx supp ser sect subg subsp w e n s dept. n.y rest so`,
    label: `no nos fig figs eq eqs eqn eqns vol vols p pp sec secs sects ch chs chap art arts para paras pts ex
      exh exhs tbl tbls tab tabs app apps suppl sch sched subsec subsecs reg regs stat stats alg thm prop cor lem defn
      obs rem hyp prob appxs assump assumps item ref refs ver fn nn cl ln rm apt bldg unit nr num op ext tel temp aux
      n° nº rs cir div ct misc proc est lat p.s`,
    inner: `e.g i.e eg ie cf viz vs v al ca approx resp incl excl op cit ibid var sp spp cv aka a.k.a f.k.a w.r.t c/o b/c str`,
    ending: `inc ltd co corp llc llp plc pty gmbh pte sdn bhd bros etc jr sr esq ave blvd rd hwy pkwy dept univ assn mfg
      intl natl govt ph.d phd m.d d.d.s b.a m.a b.s m.s b.sc m.sc m.b.a ll.b ll.m j.d d.c u.s u.k u.s.a u.n e.u a.d b.c
      c.v`,
    unit: `in ft yd mi km cm mm m kg g mg lb lbs oz tsp tbsp cup hr hrs h min mins sec secs s pt qt gal`,
    date: `jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun`,
    time: `a.m p.m`,
  }),
  capitalOnly:
    wordSet(`app apps art arts item prop prob rem ex tab tabs cor fig reg stat col id op ln cl unit so rest
    sat sun mon wed mar jan jun dec tel pub ch chap div alg ver suppl obs ct misc proc`),
  starters:
    wordSet(`the it he she they we you this that these those there here but and so yet or then thus hence
    however therefore moreover furthermore meanwhile instead otherwise also still when where while what why how which
    whose if although though because since unless until after before once his her its our their my your every each
    both some many most several few all any nobody nothing everyone everybody someone somebody something not
    please let let's don't isn't can could would should will may might must do does did is are was were am have has had
    an in on at for from with without by to of as another other such i'm i've i'll i'd it's he's she's they're we're
    you're that's there's what's who's here's first second third next finally yes maybe perhaps i long did`),
  functionWords:
    wordSet(`the a an and or but nor so yet for of to in on at by with from as into onto over under about
    between through during before after above below than that which who whom whose if when while because although
    though unless until since whether where is are was were be been being am has have had do does did will would can
    could shall should may might must not my your his her its our their this these those some any each every very
    quite just even also only`),
  punctuatedNames: new Map([
    ['yahoo', wordSet('')],
    ['jeopardy', wordSet('')],
    ['guess', wordSet('inc jeans originals kids factory watches')],
    ['who', wordSet('weekly')],
    ['e', wordSet('news online true red insider live entertainment network')],
    ['ok', wordSet('magazine uk usa australia')],
    ['mamma', wordSet('mia')],
    ['oklahoma', wordSet('the')],
  ]),
  letterLabels:
    wordSet(`vitamin vitamins plan option options grade type class group section appendix part letter
    hepatitis model team point side row exhibit schedule level category schritt column figure answer`),
  numberLabels:
    wordSet(`step chapter part question section rule tip phase day week lesson figure table act scene verse
    level round stage exercise problem example item fact reason myth option lemma theorem`),
  timeFollowers:
    wordSet(`est edt et pst pdt pt cst cdt ct mst mdt mt gmt utc bst cet cest ist jst aest aedt eastern
    pacific central mountain standard daylight monday tuesday wednesday thursday friday saturday sunday january
    february march april may june july august september october november december`),
});
