/**
 * ONNX Runtime sends reports of its use to its makers unless this variable is set before it is loaded (since version 1.29 on
 * Linux and macOS, see microsoft/onnxruntime pull request 27379). Aloud sends nothing that the person did not ask for.
 */
export const NO_ONNX_TELEMETRY = { ORT_DISABLE_TELEMETRY: '1' } as const;
