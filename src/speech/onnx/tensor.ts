/** Making constant tensors from numbers and reading numbers out of them. */
import { elementCount, ELEMENT_BYTES, type Tensor } from './model.ts';

/** A float32 tensor over `values` (kept, not copied). Without `dims` it is a vector. */
export function floatTensor(values: Float32Array, dims: readonly number[] = [values.length]): Tensor {
  return checked({ elementType: 'float', dims, bytes: bytesOf(values) });
}

/** A float32 scalar. */
export function floatScalar(value: number): Tensor {
  return floatTensor(Float32Array.of(value), []);
}

/** An int64 tensor. Without `dims` it is a vector. */
export function int64Tensor(values: readonly number[], dims: readonly number[] = [values.length]): Tensor {
  return checked({ elementType: 'int64', dims, bytes: bytesOf(BigInt64Array.from(values, BigInt)) });
}

/** An int32 tensor over `values` (kept, not copied). Without `dims` it is a vector. */
export function int32Tensor(values: Int32Array, dims: readonly number[] = [values.length]): Tensor {
  return checked({ elementType: 'int32', dims, bytes: bytesOf(values) });
}

/** An int8 tensor over `values` (kept, not copied). Without `dims` it is a vector. */
export function int8Tensor(values: Int8Array, dims: readonly number[] = [values.length]): Tensor {
  return checked({ elementType: 'int8', dims, bytes: bytesOf(values) });
}

/** A uint8 tensor over `values` (kept, not copied). Without `dims` it is a vector. */
export function uint8Tensor(values: Uint8Array, dims: readonly number[] = [values.length]): Tensor {
  return checked({ elementType: 'uint8', dims, bytes: values });
}

/** A uint16 tensor over `values` (kept, not copied). Without `dims` it is a vector. */
export function uint16Tensor(values: Uint16Array, dims: readonly number[] = [values.length]): Tensor {
  return checked({ elementType: 'uint16', dims, bytes: bytesOf(values) });
}

/** The numbers of a float32 tensor, without a copy where its bytes lie on a multiple of four. */
export function floatsOf(tensor: Tensor): Float32Array {
  if (tensor.elementType !== 'float') throw new Error(`expected a float tensor, found ${tensor.elementType}`);
  const { buffer, byteOffset } = aligned(tensor.bytes, 4);
  return new Float32Array(buffer, byteOffset, tensor.bytes.byteLength / 4);
}

/** The numbers of an 8-bit tensor, signed as its type says. */
export function bytesAsIntegers(tensor: Tensor): Int8Array | Uint8Array {
  if (tensor.elementType === 'uint8') return tensor.bytes;
  if (tensor.elementType !== 'int8') throw new Error(`expected an 8-bit tensor, found ${tensor.elementType}`);
  const { buffer, byteOffset, byteLength } = tensor.bytes;
  return new Int8Array(buffer, byteOffset, byteLength);
}

/** Throws unless the tensor has as many bytes as its type and sizes say. Returns it. */
export function checked(tensor: Tensor): Tensor {
  const expected = elementCount(tensor.dims) * ELEMENT_BYTES[tensor.elementType];
  if (tensor.bytes.byteLength !== expected)
    throw new Error(
      `a ${tensor.elementType} tensor of [${tensor.dims.join(', ')}] has ${tensor.bytes.byteLength} bytes, not ${expected}`,
    );
  return tensor;
}

function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function aligned(bytes: Uint8Array, size: number): Uint8Array {
  return bytes.byteOffset % size === 0 ? bytes : Uint8Array.from(bytes);
}
