import { describe, expect, it } from 'vitest';
import { createSpeakableStream } from '../speakable-stream.ts';
import type { SpeakableOptions } from '../options.ts';

/** Sentence ends alone: no minimum, no early first fragment. */
const PLAIN: Partial<SpeakableOptions> = { minimumSentenceLength: 1, quickYield: false };

function texts(text: string, options: Partial<SpeakableOptions>, size: number): string[] {
  const stream = createSpeakableStream(options);
  const pieces = [];
  for (let at = 0; at < text.length; at += size) pieces.push(...stream.push(text.slice(at, at + size)));
  return [...pieces, ...stream.end()].map((piece) => piece.text);
}

/** The sentences, joined by `join`, come out again, fed by the character, in sevens and whole. */
function expectSentences(
  sentences: readonly string[],
  options: Partial<SpeakableOptions> = {},
  join = ' ',
): void {
  const text = sentences.join(join);
  for (const size of [1, 7, text.length])
    expect(texts(text, { ...PLAIN, ...options }, size)).toEqual(sentences);
}

const list = (words: string): string[] => words.trim().split(/\s+/);

describe('a title before a name does not end the sentence', () => {
  it.each(
    list(`Mr Mrs Ms Mx Dr Prof Rev Hon Gen Col Capt Lt Sgt Maj Cmdr Adm Gov Sen Rep Pres Supt Fr Br Messrs Asst Atty Insp Cpl Pvt
      St Mt Ft`),
  )('%s.', (title) => {
    expectSentences([`We saw ${title}. Alvarez near the bridge.`, 'Nobody spoke.']);
  });

  it.each(list('Mr Dr Prof Gen Sen St Mt'))('%s. at the end of a sentence ends it before "The"', (title) => {
    expectSentences([`The label only said ${title}.`, 'The rest was torn off.']);
  });
});

describe('a label before a number does not end the sentence', () => {
  it.each(
    list(
      'No Nos Fig Figs Eq Vol Vols Sec Ch Chap Art Para Ex Tbl Tab App Suppl Thm Prop Cor Ref Ver Rm Apt Ext p pp',
    ),
  )('%s. 7', (label) => {
    expectSentences([`Please turn to ${label}. 7 before you answer.`, 'We will wait.']);
  });

  it.each(list('Fig Tab No'))('%s. IV', (label) => {
    expectSentences([`It is drawn in ${label}. IV of the old book.`, 'Look closely.']);
  });

  it.each(list('App Exh Para Thm'))('%s. B', (label) => {
    expectSentences([`It is proved in ${label}. B.`, 'Nobody reads it.']);
  });

  it('"c." before a year', () => {
    expectSentences(['It was founded c. 1450 by monks.', 'It burned down.']);
    expectSentences(['It was plan c.', '3 people left.']);
  });

  it('"No." alone is an answer', () => {
    expectSentences(['Would you go back?', 'No.', 'Never again.']);
  });
});

describe('a company, degree or place abbreviation', () => {
  const endings = list('Inc Ltd Co Corp LLC PLC GmbH Jr Sr Ph.D M.D U.S U.K E.U U.N Dept Bros');
  it.each(endings)('%s. ends the sentence before a sentence starter', (word) => {
    expectSentences([`It all belonged to Norwood ${word}.`, 'They sold it later.']);
  });
  it.each(endings)('%s. goes on before a small letter', (word) => {
    expectSentences([`It all belonged to Norwood ${word}. for many years.`, 'They sold it.']);
  });
  it.each(list('Inc Ltd Corp U.S U.K E.U'))('%s. goes on before another part of the name', (word) => {
    expectSentences([`A letter from the ${word}. Treasury came on Friday.`, 'She read it twice.']);
  });
});

describe('an abbreviation that never ends a sentence', () => {
  it.each(list('e.g. i.e. cf. vs. viz. approx. ca. resp. incl.'))('%s', (word) => {
    expectSentences([`Bring something warm, ${word} Wool or fleece will do.`, 'It gets cold.']);
  });
});

describe('a month or weekday in a date', () => {
  it.each(list('Jan Feb Mar Apr Jun Jul Aug Sept Oct Nov Dec'))('%s. 3', (month) => {
    expectSentences([`They sailed on ${month}. 3 from Hull.`, 'The sea was calm.']);
  });
  it('is a plain word at the end', () => {
    expectSentences(['She loves the sun.', 'Her brother does not.']);
    expectSentences(['They sat.', 'Mary stood.']);
  });
});

describe('a time of day', () => {
  const rows: readonly (readonly string[])[] = [
    ['We close at 6 p.m. on weekdays.', 'Come early.'],
    ['We close at 6 p.m.', 'The lights go out.'],
    ['At 6 p.m. Clara locks the door.', 'Then she walks home.'],
    ['The call is at 9 a.m. EST tomorrow.', 'Please be on time.'],
    ['The call is at 9 a.m. Monday.', 'Bring notes.'],
    ['We land at 7 p.m. Lisbon time.', 'Dinner is late.'],
    ['We land at 7 p.m. Jan. 12.', 'It will be dark.'],
    ['He woke at 5 a.m.', 'She slept on.'],
  ];
  it.each(rows)('%s | %s', (...sentences) => expectSentences(sentences));
});

describe('initials and single letters', () => {
  const rows: readonly (readonly string[])[] = [
    ['A. Petrova won the second game.', 'It took an hour.'],
    ['We read T. S. Eliot at school.', 'I still do.'],
    ['J. R. R. Tolkien drew the map himself.', 'It is lovely.'],
    ['Give it to Maria I. Lopez today.', 'She asked for it.'],
    ['Nobody is as tired as I.', 'Peter slept all day.'],
    ['The right answer was B.', 'That surprised us.'],
    ['Oranges are full of vitamin C.', 'Lemons are too.'],
    ['They went with plan B.', 'Nobody minded.'],
    ['e. e. cummings wrote it.', 'It has no capitals.'],
    ['The paper is by L. van den Berg.', 'It is short.'],
  ];
  it.each(rows)('%s | %s', (...sentences) => expectSentences(sentences));
});

describe('numbers, addresses and names with dots are one thing', () => {
  it.each([
    'The pump costs $4.75 in the north',
    'It weighs 3.25 kg with the box',
    'We need 1,250.50 units by June',
    'Pay 12.90 EUR at the desk',
    'Version v2.4.1 works well',
    'Python 3.12.1 works well',
    'Use 10.20.30.40 for the test',
    'Ping 127.0.0.1:8000 first',
    'Open notes.final.md and edit it',
    'Write to a.person@mail.example.org today',
    'Look at https://example.org/a.b/c.html?x=1.5 now',
    'Visit docs.example.org for more',
    'The date is 12.04.2023 in the log',
    'It began at 10:30 sharp',
    'The ratio is 3.5:1 here',
    'See section 4.2.1 of it',
    'Load app.min.js before it',
    'It runs on Node.js and .NET 8.0',
    'Take /opt/tool/v1.2/run.sh along',
    'The tag is release-2024.04.15 now',
    'The model is tiny-4.1-mini today',
    'The score was 21.5 to 19',
    'It is 6\'2" by his measure',
    "The dogs' bowls were empty",
    "It's the '90s look again",
    "They played rock 'n' roll",
    'The file C:\\Data\\a.txt is gone',
    'Call 555.0100 in the morning',
    'The host is db-01.prod.local now',
    'Ask ops+ci@example.dev about it',
    'Grep for foo.bar() in it',
    'He sells 1.5-mm wire',
    'The share is 12.5% of it',
    'They took the A.7 road',
    'Press the X.Y.Z key',
  ])('%s', (sentence) => expectSentences([`${sentence}.`, 'Nobody was surprised.']));
});

describe('a number at the end of a sentence ends it', () => {
  it.each([
    'They won by 3',
    'He turned 40',
    'It was built in 1984',
    'She paid $20',
    'We sold 1,500',
    'It rose by 12%',
  ])('%s.', (sentence) => expectSentences([`${sentence}.`, 'Everyone cheered.']));
  it('also before a sentence that begins with a number', () => {
    expectSentences(['One and one is 2.', '3 comes next.']);
  });
});

describe('quotes and brackets close with their sentence', () => {
  const rows: readonly (readonly string[])[] = [
    ['"It is late."', 'She stood up.'],
    ['She said, "It is late."', 'Then she stood up.'],
    ['She said, “It is late.”', 'Then she stood up.'],
    ["She said, 'It is late.'", 'Then she stood up.'],
    ['“Wait!”', 'He ran after her.'],
    ['(It was late.)', 'They went home.'],
    ['He left early (he was ill).', 'We stayed.'],
    ['“He told me, ‘Go away.’”', 'Nobody laughed.'],
    ['Was it "late"?', 'Yes, very.'],
    ['[It was late.]', 'They went home.'],
    ['He shouted "Stop!"', 'Everyone stopped.'],
    ['She called it «enough».', 'Nobody argued.'],
  ];
  it.each(rows)('%s | %s', (...sentences) => expectSentences(sentences));

  it.each([
    'He whispered "it is late." and went to bed.',
    'The sign "Closed." hung on the door all day.',
    'She asked "who is it?" before opening.',
    'Our shop (open since May.) sells books.',
    'The word [sic!] was added later.',
    '“Really?” she asked softly.',
    '“Never!” he said at once.',
    '"Is it?", they wondered.',
    "The note said 'back soon.' in pencil.",
    'The badge said “Staff.” in red letters.',
  ])('a stop inside goes on before a small letter: %s', (sentence) =>
    expectSentences([sentence, 'We moved on.']),
  );

  it('a quote that never closes does not hold the rest back', () => {
    expectSentences(['He said "it is late.', 'Then he left.', 'Nobody followed.']);
    expectSentences(["The '90s were loud.", 'We were young.']);
  });
});

describe('exclamation and question marks', () => {
  const rows: readonly (readonly string[])[] = [
    ['What now?', 'We wait.'],
    ['Stop!!', 'Look around.'],
    ['Really?!', 'I had no idea.'],
    ['You did what!?', 'Tell me all.'],
    ['Oh!', 'There it is.'],
    ['Who?', 'It was Sam.'],
    ['Yahoo!', 'We did it.'],
  ];
  it.each(rows)('%s | %s', (...sentences) => expectSentences(sentences));
  it.each([
    'Yahoo! Finance had the numbers.',
    'Jeopardy! Masters was on again.',
    'Who? Weekly had a new episode.',
    'He works for Yahoo! in Dublin.',
  ])('a name keeps its mark: %s', (sentence) => expectSentences([sentence, 'We watched.']));
});

describe('ellipses', () => {
  const rows: readonly (readonly string[])[] = [
    ['I never said that...', 'She turned away.'],
    ['I never said that....', 'She turned away.'],
    ['He hesitated…', 'Then he jumped.'],
    ['Well ... maybe not today.', 'Ask again.'],
    ['It was, um... fine, I think.', 'Go on.'],
    ['And so on . . .', 'The list was long.'],
    ['The text [...] was cut.', 'Read it whole.'],
    ['He paused… and went on.', 'We listened.'],
  ];
  it.each(rows)('%s | %s', (...sentences) => expectSentences(sentences));
});

describe('lists', () => {
  it('the number belongs to its item', () => {
    expectSentences(['1. Wash the rice.', '2. Boil the water.', '3. Wait.'], {}, '\n');
    expectSentences(['1) Wash the rice', '2) Boil the water'], {}, '\n');
    expectSentences(['(1) Wash the rice', '(2) Boil the water'], {}, '\n');
  });
  const inline: readonly (readonly string[])[] = [
    ['1. Wash the rice', '2. Boil the water', '3. Wait'],
    ['1.) Wash the rice.', '2.) Boil the water.'],
    ['1) Wash it', '2) Boil it'],
    ['a. red apples', 'b. green pears', 'c. plums'],
    ['a) red apples', 'b) green pears'],
    ['• red apples', '• green pears'],
    ['• 1. Red', '• 2. Green'],
    ['⁃1. Red', '⁃2. Green'],
  ];
  it.each(inline)('in one line: %s | %s', (...sentences) => expectSentences(sentences));
  it('numbers in a sentence are no list', () => {
    expectSentences(['We skip step 1. and go on to step 2. at once.', 'It saves time.']);
  });
  it.each(['Step 1. Open the box.', 'Chapter 12. The storm'])(
    'a heading keeps its number: %s',
    (sentence) => {
      expectSentences([sentence]);
    },
  );
});

describe('lines', () => {
  const rows: readonly (readonly string[])[] = [
    ['A heading', 'Some text follows.'],
    ['milk', 'eggs', 'bread'],
    ['First line!', 'second line'],
    ['Name: Ada', 'Age: 36'],
  ];
  it.each(rows)('end pieces: %s | %s', (...sentences) => expectSentences(sentences, {}, '\n'));
  it.each(['It was a cold \nnight in town.', 'He came with the\nold dog.', 'Bread, butter,\nmilk and eggs.'])(
    'wrapped text goes on: %j',
    (text) => expectSentences([text]),
  );
  it('a blank line ends a piece whatever follows', () => {
    expectSentences(['no stop here', 'and a new paragraph'], {}, '\n\n');
  });
});

describe('emoji', () => {
  it('at the end belong to their sentence', () => {
    expectSentences(['Well done! 🎉', 'Now rest.']);
    expectSentences(['See you soon 😊', 'Bring a coat.']);
    expectSentences(['Thanks.👍🏽', 'It worked 🚀🚀', 'Good night.']);
  });
  it('inside a sentence do not end it', () => expectSentences(['I 💛 this town.', 'You will too.']));
});

describe('a space that was forgotten', () => {
  it.each([
    [['It was late.', 'They left.'], ''],
    [['She counted 1,000.', 'That was all.'], ''],
  ] as const)('%j', (sentences, join) => expectSentences(sentences, {}, join));
});

const LANGUAGES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  de: [
    ['Am 3. Oktober ist frei.', 'Wir fahren weg.'],
    ['Sie lebt im 19. Jahrhundert.', 'Das ist lange her.'],
    ['Es kostet 3,50 Euro.', 'Das ist viel.'],
    ['Wir sahen Dr. Weber im Park.', 'Er grüßte.'],
    ['Nimm z. B. Brot mit.', 'Es hält lange.'],
    ['Das steht auf S. 12 unten.', 'Lies es.'],
    ['Er sagte: „Ich komme.“', 'Dann ging er.'],
    ['„Komm!“, rief sie laut.', 'Er kam.'],
    ['Es sind 1.000.000 Menschen.', 'Alle warten.'],
    ['Es gibt Äpfel, Birnen usw.', 'Nimm dir etwas.'],
    ['Das Buch hat 12 Seiten.', 'Die letzte fehlt.'],
    ['Ist das bzw. war das so?', 'Ja.'],
  ],
  fr: [
    ['Où vas-tu ?', 'Je rentre.'],
    ['C’est fini !', 'Partons.'],
    ['Nous voyons M. Leroy demain.', 'Il arrive tôt.'],
    ['Il a dit : « Je viens. »', 'Puis il est parti.'],
    ['Cela coûte 3,50 € ici.', 'C’est peu.'],
    ['Voir p. 12 du livre.', 'Tout y est.'],
    ['Des pommes, des poires, etc.', 'Prends-en.'],
  ],
  es: [
    ['¿Vienes hoy?', '¡Claro que sí!', 'Te espero.'],
    ['El Sr. Ruiz llega hoy.', 'Trae pan.'],
    ['Cuesta 3,50 € aquí.', 'Es poco.'],
    ['Vive en EE. UU. desde 1990.', 'Le gusta.'],
    ['Véase la pág. 12 del libro.', 'Ahí está.'],
    ['La Dra. Mora no vino.', 'Estaba enferma.'],
  ],
  zh: [
    ['今天天气很好。', '我们出去走走吧！', '你想去哪里？', '去公园。'],
    ['我们看《快跑！小羊》好吗？', '好。'],
    ['价格是3.5元。', '不贵。'],
  ],
  ja: [
    ['今日は晴れです。', '散歩しましょう！', 'どこへ行きますか？'],
    ['彼は「行きます。すぐに。」と言った。', '本当です。'],
    ['値段は3.5円です。', '安いです。'],
  ],
  hi: [
    ['आज मौसम अच्छा है।', 'हम बाहर चलें।'],
    ['क्या तुम आओगे?', 'हाँ।'],
    ['डॉ. वर्मा घर पर हैं।', 'वे सो रहे हैं।'],
  ],
  ar: [
    ['هل أنت بخير؟', 'نعم.'],
    ['وصل د. سالم اليوم.', 'كان متعبا.'],
    ['السؤال:', 'متى نبدأ؟'],
  ],
  ru: [
    ['Мы живём на ул. Мира в доме пять.', 'Там тихо.'],
    ['Ты идёшь?', 'Да.'],
  ],
  pt: [
    ['O Sr. Costa chega hoje.', 'Ele traz pão.'],
    ['Você vem?', 'Sim.'],
  ],
  it: [
    ['Il sig. Conti arriva oggi.', 'Porta il pane.'],
    ['Vieni?', 'Certo.'],
  ],
  nl: [
    ['Wij zagen dhr. Visser in de tuin.', 'Hij zwaaide.'],
    ['Kom je?', 'Ja.'],
  ],
  tr: [
    ['Dr. Kaya bugün geliyor.', 'Ekmek getiriyor.'],
    ['Geliyor musun?', 'Evet.'],
  ],
};

describe.each(Object.entries(LANGUAGES))('in %s', (lang, rows) => {
  const join = lang === 'zh' || lang === 'ja' ? '' : ' ';
  it.each(rows)('%s | %s', (...sentences) => expectSentences(sentences, { lang }, join));
});

describe('the first fragment', () => {
  const early: Partial<SpeakableOptions> = {
    minimumSentenceLength: 15,
    minimumFirstFragmentLength: 10,
    quickYield: true,
  };
  const rows: readonly (readonly string[])[] = [
    ['Of all the towns,', 'this one is the oldest and the quietest.'],
    ['Here is the plan:', 'we leave before the sun is up.'],
    ['We could wait;', 'nobody would mind that at all.'],
    ['It is simple —', 'you only need some string.'],
    ['It is simple -', 'you only need some string.'],
    ['In the year 2150,', 'a robot learned to paint.'],
    ['The answer is no.', 'It always was, and you know it.'],
    ['A short answer!', 'There is more to say, of course, if you like.'],
  ];
  it.each(rows)('is given out early: %s | %s', (...sentences) => expectSentences(sentences, early));

  it.each([
    'Paris, where we met, is far from here.',
    'You may use and the, well, other word here.',
    'On July 14, 1789 the crowd moved.',
    'It costs 1,250 euros in the shop.',
    'The value (3.5 mg) is far too high.',
    'We met Acme, Inc. at the fair in spring.',
    'At half past 10:30 we left the house.',
    'A well-known story of a small dog.',
    'The item {done} stays on the list.',
    'Both Ann and, of course Bob came.',
    'Now take 2x - 1 and double it.',
  ])('is not cut where nothing can be said yet: %s', (text) => {
    const [first = ''] = texts(text, early, 1);
    expect(first === text || first.length > 15).toBe(true);
  });

  it('only the first one: later commas do not end a piece', () => {
    expectSentences(
      ['Of all the towns,', 'this one, I think, is the oldest.', 'It has a wall, a gate, and a tower.'],
      early,
    );
  });
});

describe('a clause without an end', () => {
  it('is cut at a comma before the limit', () => {
    const clause = `${'the road goes on and on, '.repeat(40)}to the sea.`;
    const pieces = texts(clause, PLAIN, 5);
    expect(pieces.length).toBeGreaterThan(1);
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(601);
    for (const piece of pieces.slice(0, -1)) expect(piece.endsWith(',')).toBe(true);
  });
  it('is cut between words when it has no comma, and anywhere when it has no blank', () => {
    for (const piece of texts('wide '.repeat(300), PLAIN, 50)) expect(piece).toMatch(/^wide( wide)*$/);
    const pieces = texts('x'.repeat(2_000), PLAIN, 50);
    expect(pieces.join('')).toBe('x'.repeat(2_000));
    expect(pieces.length).toBeGreaterThan(2);
  });
});

describe('the time it takes', () => {
  /** A step of the clock that counts user time, in microseconds: what takes less may count as nothing. */
  const STEP = 10_000;
  /** Wall time, ms, that a test may take where other programs hold the processor; what is judged is user time. */
  const LONGEST_WAIT = 180_000;
  /** User time of this process for `run`, the best of three. */
  function cost(run: () => void): number {
    const tries = [1, 2, 3].map(() => {
      const before = process.cpuUsage();
      run();
      return process.cpuUsage(before).user;
    });
    return Math.max(STEP, Math.min(...tries));
  }
  const prose =
    'The robot, built in 1984 by Dr. Lee, walked 3.5 km to the **old** town (it was late). "Who is there?" asked Mr. Hall. ';
  const feed = (length: number, size: number) => (): void => {
    texts(prose.repeat(Math.ceil(length / prose.length)).slice(0, length), PLAIN, size);
  };

  it.each([4, 1_000_000])(
    'grows with the text, not faster, in chunks of %i',
    (size) => {
      feed(50_000, size)();
      const small = cost(() => {
        for (let i = 0; i < 10; i++) feed(10_000, size)();
      });
      const large = cost(feed(1_000_000, size)) / 10;
      expect(large / small).toBeLessThan(2);
    },
    LONGEST_WAIT,
  );

  it.each([
    ['an open bracket', '['],
    ['an open code span', '`'],
    ['stars', '*a '],
    ['an open tag', '<b '],
    ['dots', '. '],
    ['capitals with dots', 'A.'],
    ['an open formula', '\\('],
    ['table rows', '|a|'],
    ['an endless line of code', '```\n', 'x'],
  ])('stays in proportion for %s without end', (_, unit, rest = unit) => {
    const run = (length: number) => (): void => {
      texts(unit + rest.repeat(Math.ceil(length / rest.length)).slice(0, length), PLAIN, 16);
    };
    run(20_000)();
    const small = cost(() => {
      for (let i = 0; i < 10; i++) run(10_000)();
    });
    expect(cost(run(100_000)) / small).toBeLessThan(4);
  });
});
