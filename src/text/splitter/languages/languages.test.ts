import { describe, expect, it } from 'vitest';
import { speakablePieces } from '../../speakable-stream.ts';

/** Sentences in their language, as they should come out again. */
const SENTENCES: readonly (readonly [lang: string, sentences: readonly string[]])[] = [
  ['de', ['Der Zug kommt um 14.30 Uhr an.', 'Er hält auf Gleis 3.']],
  ['de', ['Das war z. B. am 3. Mai der Fall.', 'Danach war Ruhe.']],
  ['de', ['Prof. Dr. Müller wohnt in der Hauptstr. 5 in Köln.', 'Sie lehrt dort.']],
  ['de', ['„Kommst du?“, fragte er.', 'Sie nickte.']],
  ['de', ['Am 24. Dezember ist Heiligabend.', 'Am 1. Januar ist Neujahr.']],
  ['de', ['Die Fa. Meier GmbH & Co. KG liefert ca. 3,5 t.', 'Das ist viel.']],
  ['fr', ['M. Dupont habite au n° 5, av. Foch.', 'Il est parti !']],
  ['fr', ['« Viens-tu ? » demanda-t-elle.', 'Il répondit oui.']],
  ['fr', ['Le prix est de 3,50 €.', "C'est cher, n'est-ce pas ?", 'Oui.']],
  ['es', ['¿Cómo estás?', '¡Muy bien!', 'La Sra. López llegó a las 3 p.m. de ayer.']],
  ['es', ['El Dr. Pérez vive en EE. UU. desde 1999.', 'Trabaja mucho.']],
  ['it', ['Il Sig. Rossi abita in p.zza Duomo.', 'È contento.']],
  ['pt', ['O Sr. Silva mora na Av. Brasil.', 'Ele trabalha muito.']],
  ['pl', ['Pan dr. Nowak mieszka przy ul. Długiej 5.', 'Pracuje tam od 1999 r. do dziś.']],
  ['ru', ['Он родился в 1999 г. в Москве.', 'Живёт на ул. Ленина.']],
  ['tr', ['Dr. Yılmaz Ankara’da yaşıyor.', 'Saat 14.30’da geldi.']],
  ['zh', ['价格是3.5元。', '很便宜！']],
  ['ja', ['「行きますか？はい。」と言った。', 'そして帰った。']],
  ['ja', ['価格は3.5円です。', '安いですね！', '本当？']],
  ['hi', ['डॉ. शर्मा आए।', 'वे खुश हैं।', 'क्या आप आएँगे?']],
  ['ar', ['كيف حالك؟', 'أنا بخير.', 'شكرا جزيلا!']],
  ['en', ['I met Sen. J. Doe (R-TX) at 5 p.m. Tuesday.', 'He said, "No."', 'Then he left.']],
  ['en', ['It cost $5.99... maybe more.', 'Who knows?!', 'Not me.']],
  ['en', ['See sec. 4.2.1 of vol. 3.', 'It is on p. 5.', 'Good.']],
  ['en', ['He works at Yahoo! Inc. in the U.S. Army.', 'She does not.']],
  ['en', ['The file main.py is here.', 'Run it with Node.js v20.1.', 'Then stop.']],
  ['en', ['He is 6\'2" tall.', 'She is not.']],
];

describe('sentences of many languages', () => {
  it.each(SENTENCES)('%s: %j', (lang, sentences) => {
    const text = sentences.join(/^(?:zh|ja)/.test(lang) ? '' : ' ');
    const pieces = speakablePieces(text, { lang, quickYield: false, minimumSentenceLength: 1 });
    expect(pieces.map((piece) => piece.text)).toEqual(sentences);
  });
});
