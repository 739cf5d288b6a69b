/** The part of fft.js (MIT, by Fedor Indutny) that the analysis uses; the package has no types of its own. */
declare module 'fft.js' {
  export default class FFT {
    constructor(size: number);
    createComplexArray(): number[];
    realTransform(out: number[], data: readonly number[]): void;
    completeSpectrum(spectrum: number[]): void;
    inverseTransform(out: number[], data: readonly number[]): void;
  }
}
