import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { writeLinearModel } from '../../../build/g2p/model-writer.ts';
import { featureHash, openLinearModel } from './linear-model.ts';

const LABELS = 5;
const weight = fc.tuple(
  fc.integer({ min: 0, max: LABELS - 1 }),
  fc.integer({ min: -127, max: 127 }).filter((value) => value !== 0),
);
const row = fc.tuple(
  fc.integer({ min: 0, max: 0xffffffff }),
  fc.uniqueArray(weight, { selector: ([label]) => label, minLength: 1, maxLength: LABELS }),
);

describe('the weight table', () => {
  it('adds the weights that were written, and nothing for other features', () => {
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 50 }),
        fc.integer({ min: 0, max: 0xffffffff }),
        (rows, other) => {
          const features = new Map(rows);
          const model = openLinearModel(writeLinearModel({ labels: 'abcde' }, features), 'table');
          expect(model.head).toEqual({ labels: 'abcde' });
          for (const feature of [...features.keys(), other]) {
            const expected = new Int32Array(LABELS).fill(1);
            for (const [label, value] of features.get(feature) ?? []) expected[label] = 1 + value;
            const scores = new Int32Array(LABELS).fill(1);
            model.addScores(feature, scores);
            expect(scores).toEqual(expected);
          }
        },
      ),
    );
  });

  it('says by name that a file is damaged', () => {
    const bytes = writeLinearModel({}, new Map([[7, [[0, 1]]]]));
    for (const cut of [bytes.subarray(0, 3), bytes.subarray(0, bytes.length - 1), Buffer.from('ALM1????')]) {
      expect(() => openLinearModel(cut, 'homograph table')).toThrow('The homograph table is damaged.');
    }
  });
});

describe('featureHash', () => {
  it('keeps name and value apart', () => {
    expect(featureHash('w', 'xy')).not.toBe(featureHash('wx', 'y'));
  });
});
