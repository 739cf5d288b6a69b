/**
 * From the official model to the graphs that the engine runs, by passes in this order: dequantise the generator, cut the
 * front off, turn its Fourier transform into a convolution and its convolutions into products, read the generator's weights, then lay the generator anew, once float and once quantised.
 */
import type { OnnxModel } from '../../../onnx/model.ts';
import type { Calibration } from './calibration.ts';
import { convolutionsAsProducts } from './convolutions-as-products.ts';
import { cutFront, GENERATOR_PREFIX } from './cut-front.ts';
import { dequantise } from './dequantise.ts';
import { generatorModel } from './generator-graph.ts';
import { readGeneratorWeights, type Convolution, type GeneratorWeights } from './generator-weights.ts';
import { quantise } from './quantise.ts';
import { choiceFor, type Recipe } from './recipe.ts';
import type { ConvolutionPlan } from './residual-block.ts';
import { transformAsConvolution } from './transform-as-convolution.ts';
import { PHRASES } from '../../../../common/strings/phrases.ts';

/** Names of the prepared graphs. */
export const PREPARED_GRAPHS = ['front', 'generator-q8', 'generator-f32'] as const;

/** See {@link PREPARED_GRAPHS}. */
export type PreparedGraphName = (typeof PREPARED_GRAPHS)[number];

/** A graph that is made when it is asked for, so that not all need to be in memory at once. */
export interface GraphToPrepare {
  readonly name: PreparedGraphName;
  readonly make: () => OnnxModel;
}

/**
 * Splits the model. Throws a plain `Error` where the model is not built as expected. `make` takes about a second for the
 * quantised generator and less for the others.
 */
export function graphsToPrepare(
  source: OnnxModel,
  calibration: Calibration,
  recipe: Recipe,
): readonly GraphToPrepare[] {
  const whole = dequantise(source.graph, (node) => node.name.startsWith(GENERATOR_PREFIX));
  const weights = readGeneratorWeights(whole);
  const convolutions = convolutionsByName(weights);
  const convolution = (name: string): Convolution =>
    convolutions.get(name) ?? missing(PHRASES.prepared.noConvolution(name));
  return [
    {
      name: 'front',
      make: () => ({
        ...source,
        opsets: usedOpsets(source),
        graph: convolutionsAsProducts(transformAsConvolution(cutFront(whole))),
      }),
    },
    {
      name: 'generator-q8',
      make: () => generatorModel(weights, (name) => planFor(name, convolution(name), calibration, recipe)),
    },
    {
      name: 'generator-f32',
      make: () =>
        generatorModel(weights, (name) => ({ arithmetic: 'float', convolution: convolution(name) })),
    },
  ];
}

function planFor(
  name: string,
  convolution: Convolution,
  calibration: Calibration,
  recipe: Recipe,
): ConvolutionPlan {
  const choice = choiceFor(recipe, name);
  if (choice === 'float') return { arithmetic: 'float', convolution };
  const ranges = calibration.convolutions[name] ?? missing(PHRASES.prepared.noCalibration(name));
  return { arithmetic: 'int8', convolution: quantise(convolution, ranges, choice) };
}

function convolutionsByName({ blocks }: GeneratorWeights): ReadonlyMap<string, Convolution> {
  return new Map(
    blocks.flatMap(({ block, rounds }) =>
      rounds.flatMap(({ first, second }, round): [string, Convolution][] => [
        [`${block.name}/convs1.${round}`, first],
        [`${block.name}/convs2.${round}`, second],
      ]),
    ),
  );
}

/** The source names operator sets that no node of it uses; a runtime may not know them. */
function usedOpsets({ opsets }: OnnxModel): ReadonlyMap<string, number> {
  return new Map([...opsets].filter(([domain]) => domain === '' || domain === 'com.microsoft'));
}

function missing(what: string): never {
  throw new Error(what);
}
