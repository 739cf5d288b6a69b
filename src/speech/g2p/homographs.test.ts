import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

import { type G2p, loadG2p } from './g2p.ts';

let us: G2p;
let gb: G2p;

beforeAll(async () => {
  const data = join(import.meta.dirname, '../../../models');
  [us, gb] = await Promise.all([loadG2p(data, 'en-US'), loadG2p(data, 'en-GB')]);
});

/** Phonemes of the first `word` of the sentence. */
function sayWord(g2p: G2p, word: string, sentence: string): string {
  const { phonemes, tokens } = g2p.phonemize(sentence);
  const token = tokens.find((t) => sentence.slice(t.start, t.end).toLowerCase() === word.toLowerCase());
  return phonemes.slice(token?.phonemeStart, token?.phonemeEnd);
}

describe('a word that is said by its use or sense', () => {
  it.each([
    ['read', 'ɹˈɛd', 'I read the book yesterday.'],
    ['read', 'ɹˈid', 'I will read it again tomorrow.'],
    ['read', 'ɹˈid', 'I read every night before I go to sleep.'],
    ['read', 'ɹˈɛd', 'Have you read the new report?'],
    ['read', 'ɹˈid', 'You should read the instructions first.'],
    ['read', 'ɹˈɛd', 'The letter was read aloud in court.'],
    ['lead', 'lˈɛd', 'The pipes are made of lead.'],
    ['lead', 'lˈid', 'She will lead the team next year.'],
    ['lead', 'lˈɛd', 'Lead is a heavy metal.'],
    ['lead', 'lˈid', 'Too much sugar can lead to health problems.'],
    ['wound', 'wˈund', 'The wound on his arm healed slowly.'],
    ['wound', 'wˈWnd', 'She wound the clock before going to bed.'],
    ['close', 'klˈOz', 'Please close the door behind you.'],
    ['close', 'klˈOs', 'The shop is close to the station.'],
    ['close', 'klˈOs', 'That was a close call.'],
    ['closer', 'klˈOsəɹ', 'Come a little closer.'],
    ['produce', 'pɹədˈus', 'These factories produce steel.'],
    ['produce', 'pɹˈOdˌus', 'Fresh produce is sold at the market.'],
    ['object', 'əbʤˈɛkt', 'I object to that remark.'],
    ['object', 'ˈɑbʤəkt', 'The object on the table is a lamp.'],
    ['live', 'lˈɪv', 'We live near the park.'],
    ['live', 'lˈIv', 'The concert was broadcast on live television.'],
    ['lives', 'lˈIvz', 'It saved many lives.'],
    ['lives', 'lˈɪvz', 'She lives in Berlin.'],
    ['tear', 'tˈɪɹ', 'A tear rolled down her cheek.'],
    ['tear', 'tˈɛɹ', 'Be careful not to tear the paper.'],
    ['tears', 'tˈɪɹz', 'Her eyes filled with tears.'],
    ['bass', 'bˈAs', 'He plays the bass guitar in a band.'],
    ['bass', 'bˈæs', 'They caught a large bass in the lake.'],
    ['wind', 'wˈɪnd', 'The wind is strong today.'],
    ['wind', 'wˈInd', 'You have to wind the old clock every evening.'],
    ['minute', 'mˈɪnət', 'Wait a minute, please.'],
    ['minute', 'mInˈut', 'The differences are minute.'],
    ['minutes', 'mˈɪnəts', 'It takes ten minutes.'],
    ['desert', 'dˈɛzəɹt', 'Nothing grows in the desert.'],
    ['desert', 'dəzˈɜɹt', 'The soldiers refused to desert their friends.'],
    ['content', 'kəntˈɛnt', 'She was content with the result.'],
    ['content', 'kˈɑntɛnt', 'The content of the article is misleading.'],
    ['use', 'jˈus', "What's the use of complaining?"],
    ['use', 'jˈuz', 'You can use my pen.'],
    ['used', 'jˈust', 'I used to live in Boston.'],
    ['used', 'jˈuzd', 'He used a hammer to fix the fence.'],
    ['house', 'hˈWs', 'This house is too small.'],
    ['house', 'hˈWz', 'They plan to house refugees in the old school.'],
    ['record', 'ɹˈɛkəɹd', 'She broke the world record.'],
    ['record', 'ɹəkˈɔɹd', 'Please record this meeting.'],
    ['present', 'pɹˈɛzᵊnt', 'She gave me a birthday present.'],
    ['present', 'pɹizˈɛnt', 'Let me present my colleague.'],
    ['refuse', 'ɹəfjˈuz', 'I refuse to pay.'],
    ['refuse', 'ɹˈɛfjˌus', 'The refuse is collected on Thursdays.'],
    ['bow', 'bˈO', 'He shot the arrow with a bow.'],
    ['bow', 'bˈW', 'The actors took a bow.'],
    ['row', 'ɹˈO', 'We sat in the front row.'],
    ['row', 'ɹˈW', 'They had a terrible row last night.'],
    ['sow', 'sˈO', 'Farmers sow the seeds in spring.'],
    ['sow', 'sˈW', 'The sow had eight piglets.'],
    ['dove', 'dˈʌv', 'A dove flew over the roof.'],
    ['dove', 'dˈOv', 'He dove into the pool.'],
    ['contract', 'kəntɹˈækt', 'Metals contract when they cool.'],
    ['contract', 'kˈɑntɹˌækt', 'She signed the contract.'],
    ['contract', 'kˈɑntɹˌækt', 'The sales contract in question was void.'],
    ['learned', 'lˈɜɹnᵻd', 'He is a learned man.'],
    ['learned', 'lˈɜɹnd', 'He learned it at school.'],
    ['lead', 'lˈɛd', 'The old lead pipe burst.'],
    ['lead', 'lˈid', 'The lead role went to her.'],
    ['minute', 'mInˈut', 'A minute amount is enough.'],
    ['invalid', 'ˈɪnvəlᵻd', 'The invalid had a visitor.'],
    ['invalid', 'ɪnvˈælɪd', 'The ticket is invalid.'],
    ['bass', 'bˈæs', 'The guitarist caught a bass.'],
    ['content', 'kəntˈɛnt', 'The meal made him content.'],
    ['nice', 'nˈis', 'They met in Nice, France.'],
    ['nice', 'nˈIs', 'Nice people help.'],
    ['polish', 'pˈɑlɪʃ', 'Polish the table.'],
    ['polish', 'pˈOlɪʃ', 'Polish food is good.'],
    ['moped', 'mˈOpt', 'He moped around all day.'],
    ['digest', 'dˈIʤˌɛst', 'I read the weekly digest.'],
    ['aged', 'ˈAʤᵻd', 'An aged man sat there.'],
    ['polish', 'pˈɑlɪʃ', 'Please polish my shoes.'],
    ['Polish', 'pˈOlɪʃ', 'She speaks Polish and German.'],
    ['estimate', 'ˈɛstəmət', 'The estimate was too low.'],
    ['estimate', 'ˈɛstəmˌAt', 'I estimate that it will take two days.'],
    ['separate', 'sˈɛpəɹˌAt', 'We need to separate the two groups.'],
    ['separate', 'sˈɛpəɹət', 'They slept in separate rooms.'],
    ['project', 'pɹˈɑʤˌɛkt', 'The project is almost finished.'],
    ['project', 'pɹəʤˈɛkt', 'Do not project your fears onto others.'],
    ['convict', 'kˈɑnvˌɪkt', 'The convict went to prison.'],
    ['increase', 'ˈɪnkɹˌis', 'There was a small increase.'],
    ['increase', 'ɪnkɹˈis', 'Prices will increase next year.'],
    ['rebel', 'ɹəbˈɛl', 'They decided to rebel against the king.'],
    ['rebel', 'ɹˈɛbᵊl', 'The rebel hid in the mountains.'],
    ['permit', 'pˈɜɹmɪt', 'You need a permit to park here.'],
    ['permit', 'pəɹmˈɪt', 'The rules do not permit smoking.'],
    ['graduate', 'ɡɹˈæʤʊˌAt', 'She will graduate in May.'],
    ['graduate', 'ɡɹˈæʤəwət', 'He is a graduate student.'],
    ['perfect', 'pˈɜɹfəkt', 'It was a perfect day.'],
    ['perfect', 'pəɹfˈɛkt', 'He wants to perfect his technique.'],
    ['insert', 'ɪnsˈɜɹt', 'Please insert your card.'],
    ['conduct', 'kəndˈʌkt', 'They conduct experiments every week.'],
    ['conduct', 'kˈɑndˌʌkt', 'His conduct was excellent.'],
    ['contract', 'kˈɑntɹˌækt', 'I signed the contract.'],
    ['excuse', 'ɪkskjˈuz', 'Excuse me, is this seat taken?'],
    ['excuse', 'ɪkskjˈus', 'That is no excuse.'],
    ['resume', 'ɹəzˈum', 'The talks will resume on Monday.'],
    ['resume', 'ɹˈɛzəmˌA', 'I can help you write a resume.'],
    ['invalid', 'ɪnvˈælɪd', 'The password is invalid.'],
    ['perfume', 'pˈɜɹfjˌum', 'She wore an expensive perfume.'],
    ['abuse', 'əbjˈus', 'The report describes the abuse of power.'],
    ['abuse', 'əbjˈuz', 'They abuse the system.'],
    ['learned', 'lˈɜɹnd', 'I learned a lot today.'],
    ['moderate', 'mˈɑdəɹət', 'A moderate amount of salt is fine.'],
    ['subject', 'sˈʌbʤɛkt', 'What is the subject of the sentence?'],
    ['suspect', 'səspˈɛkt', 'I suspect that he is lying.'],
    ['suspect', 'sˈʌspˌɛkt', 'The suspect was arrested.'],
    ['transport', 'tɹænspˈɔɹt', 'Trucks transport the goods to the city.'],
    ['transport', 'tɹˈænspˌɔɹt', 'Public transport is cheap.'],
    ['attribute', 'ˈætɹəbjˌut', 'Each tag has an attribute.'],
    ['attribute', 'ətɹˈɪbjˌut', 'I attribute my success to luck.'],
    ['duplicate', 'dˈupləkət', 'Remove the duplicate entries.'],
    ['delegate', 'dˈɛləɡˌAt', 'Good managers delegate work.'],
    ['appropriate', 'əpɹˈOpɹiət', 'Choose an appropriate title.'],
    ['alternate', 'ˈɔltəɹnˌAt', 'The lights alternate between red and green.'],
    ['deliberate', 'dəlˈɪbəɹət', 'It was a deliberate mistake.'],
    ['elaborate', 'əlˈæbəɹˌAt', 'Could you elaborate on that?'],
    ['coordinate', 'kOˈɔɹdənˌAt', 'We need to coordinate our efforts.'],
    ['upset', 'ˌʌpsˈɛt', 'She was upset about the news.'],
    ['import', 'ɪmpˈɔɹt', 'You can import the module at the top.'],
    ['import', 'ˈɪmpˌɔɹt', 'The import of oil was banned.'],
    ['export', 'ɪkspˈɔɹt', 'Click here to export the file.'],
    ['protest', 'pɹˈOtˌɛst', 'The protest lasted three days.'],
    ['progress', 'pɹˈɑɡɹəs', 'We have made good progress.'],
    ['console', 'kˈɑnsˌOl', 'Open the console and type the command.'],
    ['console', 'kənsˈOl', 'He tried to console her.'],
  ])('%s is %s: %s', (word, phonemes, sentence) => {
    expect(sayWord(us, word, sentence)).toBe(phonemes);
  });

  it.each([
    ['read', 'ɹˈɛd', 'I read the book yesterday.'],
    ['read', 'ɹˈiːd', 'I will read it again tomorrow.'],
    ['bass', 'bˈAs', 'He plays the bass guitar in a band.'],
    ['lead', 'lˈɛd', 'The pipes are made of lead.'],
    ['row', 'ɹˈW', 'They had a terrible row last night.'],
    ['produce', 'pɹədjˈuːs', 'These factories produce steel.'],
    ['use', 'jˈuːs', "What's the use of complaining?"],
    ['close', 'klˈQs', 'The shop is close to the station.'],
  ])('British %s is %s: %s', (word, phonemes, sentence) => {
    expect(sayWord(gb, word, sentence)).toBe(phonemes);
  });
});

describe('"read"', () => {
  it.each([
    ['a helper decides', 'Did you ever read it?', 'ɹˈid'],
    ['also when the subject stands between', 'Have they already read it?', 'ɹˈɛd'],
    ['"he" without -s is the past', 'He read for an hour.', 'ɹˈɛd'],
    ['a habit is the present', 'We read to the children every evening.', 'ɹˈid'],
    ['a time that is over is the past', 'They read it a week ago.', 'ɹˈɛd'],
    ['another past verb is the past', 'I read until I fell asleep.', 'ɹˈɛd'],
    ['an order is the present', 'Read the first line.', 'ɹˈid'],
    ['a noun is said like the present', 'It was a good read.', 'ɹˈid'],
  ])('%s', (_, sentence, phonemes) => {
    expect(sayWord(us, 'read', sentence)).toBe(phonemes);
  });
});

/** A sentence, and the reading that one of its words has there. */
const SENTENCES = readFileSync(join(import.meta.dirname, 'fixtures/heteronyms.tsv'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split('\t'));

describe('a sentence with a word of two readings', () => {
  it.each(SENTENCES.map(([sentence = '', reading = '']) => ({ sentence, reading })))(
    '$sentence has $reading',
    ({ sentence, reading }) => {
      expect(us.phonemize(sentence).phonemes).toContain(reading);
    },
  );
});
