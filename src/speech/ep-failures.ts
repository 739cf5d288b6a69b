/**
 * Counts what goes wrong on an execution provider other than the processor, and tells when it is to be given up: at once
 * when its memory is full, which the next run would meet again, else at the second failure with nothing said between. What
 * is wrong with a request or a voice is not the provider's fault.
 */
import { AppFailure } from '../common/result.ts';

/** Failures in a row after which a provider is given up. */
const MOST_FAILURES = 2;

/**
 * How ONNX Runtime and the GPU libraries behind it say that memory is full: CUDA's error 2, the arena's allocation, cuBLAS's
 * and cuDNN's status, DirectML's and WebGPU's words.
 */
const OUT_OF_MEMORY =
  /out of memory|CUDA failure 2:|Failed to allocate memory|BFCArena|CUBLAS_STATUS_ALLOC_FAILED|CUDNN_STATUS_ALLOC_FAILED|E_OUTOFMEMORY|bad allocation|bad_alloc/i;

export class EpFailures {
  private failures = 0;

  /** Notes that a sentence was said. */
  noteSuccess(): void {
    this.failures = 0;
  }

  /** Notes a failure; true when the provider is to be given up. */
  note(thrown: unknown): boolean {
    if (thrown instanceof AppFailure && thrown.error.code !== 'synthesis-failed') return false;
    this.failures++;
    return isOutOfMemory(thrown) || this.failures >= MOST_FAILURES;
  }
}

/** Whether a failure, or what caused it, says that memory is full. */
export function isOutOfMemory(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  return OUT_OF_MEMORY.test(thrown.message) || isOutOfMemory(thrown.cause);
}
