import { describe, expect, it } from 'vitest';
import { graphDifferences, type GraphContract, type GraphFacts } from './onnx-contract.ts';

const contract: GraphContract = {
  inputs: [
    { name: 'tokens', type: 'int64', shape: [1, undefined] },
    { name: 'style', type: 'float32', shape: [1, 256] },
  ],
  outputs: [{ name: 'audio', type: 'float32', shape: [undefined] }],
};

const fitting: GraphFacts = {
  inputMetadata: [
    { name: 'style', isTensor: true, type: 'float32', shape: [1, 256] },
    { name: 'tokens', isTensor: true, type: 'int64', shape: [1, 'length'] },
  ],
  outputMetadata: [
    { name: 'audio', isTensor: true, type: 'float32', shape: ['samples'] },
    { name: 'durations', isTensor: true, type: 'int64', shape: ['length'] },
  ],
};

describe('the comparison of a graph with its contract', () => {
  it('has nothing to say about a fitting graph, whatever else it gives and in whatever order', () => {
    expect(graphDifferences(fitting, contract)).toEqual([]);
  });

  it('takes an open dimension for any size', () => {
    const open: GraphFacts = {
      ...fitting,
      inputMetadata: [
        { name: 'style', isTensor: true, type: 'float32', shape: ['batch', -1] },
        { name: 'tokens', isTensor: true, type: 'int64', shape: [1, 64] },
      ],
    };
    expect(graphDifferences(open, contract)).toEqual([]);
  });

  it('names every difference of name, type, rank and size', () => {
    const other: GraphFacts = {
      inputMetadata: [
        { name: 'input_ids', isTensor: true, type: 'int64', shape: [1, 'length'] },
        { name: 'style', isTensor: true, type: 'float16', shape: [1, 128] },
      ],
      outputMetadata: [{ name: 'audio', isTensor: true, type: 'float32', shape: [1, 'samples'] }],
    };
    expect(graphDifferences(other, contract)).toEqual([
      'input "tokens" is missing',
      'input "style" is float16, not float32',
      'input "style" has shape [1, 128], not [1, 256]',
      'input "input_ids" is not known',
      'output "audio" has shape [1, samples], not [?]',
    ]);
  });

  it('says when a value is no tensor', () => {
    const sequence: GraphFacts = { ...fitting, outputMetadata: [{ name: 'audio', isTensor: false }] };
    expect(graphDifferences(sequence, contract)).toEqual(['output "audio" is no tensor']);
  });
});
