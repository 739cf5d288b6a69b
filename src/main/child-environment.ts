/** The environment that the utility processes get: main's own, without anything that is a secret. */
import { NO_ONNX_TELEMETRY } from '../common/onnx-telemetry.ts';

/** Variables whose names end like this hold secrets by custom. */
const SECRET = /(_KEY|_TOKEN|_SECRET|_PASSWORD)$/i;

/** Copies `env` without its secrets and its undefined values, and tells ONNX Runtime to keep its reports to itself. */
export function childEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const copy: Record<string, string> = { ...NO_ONNX_TELEMETRY };
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !SECRET.test(name) && !Object.hasOwn(copy, name)) copy[name] = value;
  }
  return copy;
}
