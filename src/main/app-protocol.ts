/**
 * `app://aloud/…`: the page and its files, read from the built renderer folder. Used instead of `file://` so that the page
 * has an origin of its own and cannot name other files of the disk.
 */
import { net, protocol } from 'electron';
import { pathToFileURL } from 'node:url';
import { resolveAppFile } from './app-file.ts';

/** The page's origin. */
export const APP_ORIGIN = 'app://aloud';

/**
 * No inline script or style, nothing from elsewhere; the worklet is a file of the page's own. The page talks to nobody but
 * through its bridge and ports.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves `rendererFolder` at {@link APP_ORIGIN}. */
export function serveApp(rendererFolder: string): void {
  protocol.handle('app', async (request) => {
    const file = await resolveAppFile(rendererFolder, request.url);
    if (file === undefined) return new Response('Not found', { status: 404 });
    const response = await net.fetch(pathToFileURL(file).toString());
    const headers = new Headers(response.headers);
    headers.set('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    headers.set('X-Content-Type-Options', 'nosniff');
    return new Response(response.body, { status: response.status, headers });
  });
}
