import { describe, expect, it } from 'vitest';
import { buildGraph } from './graph-builder.ts';
import { indexGraph, inputOf, outputOf, prune } from './graph-edit.ts';
import { floatScalar } from './tensor.ts';

/** x → double → y, with a branch that nothing needs. */
function branched(): ReturnType<ReturnType<typeof buildGraph>['graph']> {
  const builder = buildGraph();
  const two = builder.constant('two', () => floatScalar(2));
  const unused = builder.constant('unused', () => floatScalar(3));
  builder.op('Mul', ['x', two], { output: 'double' });
  builder.op('Mul', ['double', unused], { output: 'dead' });
  builder.op('Neg', ['dead'], { output: 'deader' });
  builder.op('Neg', ['double'], { output: 'y' });
  return builder.graph(
    'g',
    [{ name: 'x', elementType: 'float', dims: [1] }],
    [{ name: 'y', elementType: 'float', dims: [1] }],
  );
}

describe('prune', () => {
  it('takes away exactly the nodes and constants that no output needs, and keeps the order', () => {
    const pruned = prune(branched());
    expect(pruned.nodes.map((node) => node.name)).toEqual(['double', 'y']);
    expect([...pruned.initializers.keys()]).toEqual(['two']);
  });

  it('changes nothing the second time', () => {
    expect(prune(prune(branched()))).toEqual(prune(branched()));
  });
});

describe('indexGraph', () => {
  const index = indexGraph(branched());

  it('finds who makes and who takes a value', () => {
    expect(index.producer('double').opType).toBe('Mul');
    expect(index.consumers('double').map((node) => node.name)).toEqual(['dead', 'y']);
    expect(index.onlyConsumer('dead').name).toBe('deader');
  });

  it('names what is missing instead of going on without it', () => {
    expect(() => index.producer('x')).toThrow('no node makes x');
    expect(() => index.onlyConsumer('double')).toThrow('double');
    expect(() => index.constant('three')).toThrow('three');
    expect(() => index.node('none')).toThrow('none');
    expect(() => inputOf(index.node('y'), 1)).toThrow('no input 1');
    expect(() => outputOf(index.node('y'), 1)).toThrow('no output 1');
  });
});
