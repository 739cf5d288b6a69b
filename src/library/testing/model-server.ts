/** A release server on the loopback address, with the faults that real ones and the networks before them have. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** How a path misbehaves. Every offset counts from the start of the file. */
export type Fault =
  | { readonly type: 'none' }
  /** Sends everything with status 200, whatever range is asked for. */
  | { readonly type: 'ignores-range' }
  /** Breaks the connection at each of these offsets in turn, then behaves. */
  | { readonly type: 'cuts'; readonly offsets: readonly number[] }
  /** Sends up to the offset and then nothing, with the connection open. */
  | { readonly type: 'stalls'; readonly offset: number }
  /** Sends everything, so many bytes a second. */
  | { readonly type: 'slow'; readonly bytesPerSecond: number }
  /** Accepts the request and never answers. */
  | { readonly type: 'silent' }
  /** Ends the file early and says so in its length. */
  | { readonly type: 'short'; readonly size: number }
  /** Ends the file early without having told a length. */
  | { readonly type: 'short-chunked'; readonly size: number }
  /** Goes on after the file's end without having told a length. */
  | { readonly type: 'endless' }
  /** Answers a range request with another range than asked for. */
  | { readonly type: 'wrong-range' }
  /** Knows no ranges at all and says so. */
  | { readonly type: 'refuses-range' }
  | { readonly type: 'status'; readonly status: number }
  | { readonly type: 'redirect'; readonly to: string };

export interface ModelServer {
  /** Serves `content` at a new address and returns that. */
  serve(content: Uint8Array, fault?: Fault): string;
  /** The `Range` header of every request so far, '' where there was none. */
  readonly ranges: readonly string[];
  close(): Promise<void>;
}

export async function startModelServer(): Promise<ModelServer> {
  const paths = new Map<string, (request: IncomingMessage, response: ServerResponse) => void>();
  const ranges: string[] = [];
  const server = createServer((request, response) => {
    ranges.push(request.headers.range ?? '');
    const handler = paths.get(request.url ?? '');
    if (handler) handler(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    ranges,
    serve: (content, fault = { type: 'none' }) => {
      const path = `/file-${paths.size}`;
      paths.set(path, handlerFor(content, fault));
      return `http://127.0.0.1:${port}${path}`;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function handlerFor(
  content: Uint8Array,
  fault: Fault,
): (request: IncomingMessage, response: ServerResponse) => void {
  const cuts = fault.type === 'cuts' ? [...fault.offsets] : [];
  return (request, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    switch (fault.type) {
      case 'none':
        return void begin(response, content, start).end(content.subarray(start));
      case 'ignores-range':
        return void begin(response, content, 0).end(content);
      case 'cuts': {
        const offset = cuts.shift();
        if (offset === undefined) return void begin(response, content, start).end(content.subarray(start));
        begin(response, content, start).flushHeaders();
        return void response.write(content.subarray(start, Math.max(start, offset)), () =>
          response.destroy(),
        );
      }
      case 'stalls':
        begin(response, content, start).flushHeaders();
        return void response.write(content.subarray(start, Math.max(start, fault.offset)));
      case 'slow':
        trickle(begin(response, content, start), content.subarray(start), fault.bytesPerSecond);
        return;
      case 'silent':
        return;
      case 'short':
        return void begin(response, content.subarray(0, fault.size), 0).end(content.subarray(0, fault.size));
      case 'short-chunked':
        return void partial(response, start, content.length).end(
          content.subarray(start, Math.max(start, fault.size)),
        );
      case 'endless':
        response.writeHead(200).write(content);
        return void response.end(content);
      case 'wrong-range':
        if (start === 0) return void begin(response, content, 0).end(content);
        return void partial(response, start + 1, content.length).end(content.subarray(start + 1));
      case 'refuses-range':
        if (start > 0) return void response.writeHead(416).end();
        return void begin(response, content, 0).end(content);
      case 'status':
        return void response.writeHead(fault.status).end('no');
      case 'redirect':
        return void response.writeHead(302, { location: fault.to }).end();
    }
  };
}

/** Sends twenty pieces a second until all is sent or nobody listens any more. */
function trickle(response: ServerResponse, content: Uint8Array, bytesPerSecond: number): void {
  const piece = Math.max(1, Math.round(bytesPerSecond / 20));
  let at = 0;
  const timer = setInterval(() => {
    response.write(content.subarray(at, at + piece));
    at += piece;
    if (at < content.length) return;
    clearInterval(timer);
    response.end();
  }, 50);
  response.on('close', () => clearInterval(timer));
}

/** The head of a proper answer from `start` on. */
function begin(response: ServerResponse, content: Uint8Array, start: number): ServerResponse {
  response.setHeader('content-length', content.length - start);
  return partial(response, start, content.length);
}

function partial(response: ServerResponse, start: number, total: number): ServerResponse {
  if (start === 0) return response.writeHead(200);
  return response.writeHead(206, { 'content-range': `bytes ${start}-${total - 1}/${total}` });
}
