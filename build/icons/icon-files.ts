/** The icon in every size and format that packages need. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawIcon } from './icon-art.ts';
import { encodeIcns, encodeIco, encodePng, type SizedPng } from './image-files.ts';

/** Widths of the freedesktop icon theme that desktops look for. */
export const LINUX_ICON_SIZES = [16, 24, 32, 48, 64, 128, 256, 512] as const;
const ICO_SIZES = [16, 24, 32, 48, 64, 256] as const;
const ICNS_SIZES = [16, 32, 64, 128, 256, 512, 1024] as const;

/** Writes `<width>x<width>.png` for Linux, `icon.ico` for Windows and `icon.icns` for macOS into `folder`. */
export function writeIcons(folder: string): void {
  const drawn = new Map<number, SizedPng>();
  const picture = (size: number): SizedPng => {
    const known = drawn.get(size) ?? { size, png: encodePng(drawIcon(size), size) };
    drawn.set(size, known);
    return known;
  };
  mkdirSync(folder, { recursive: true });
  for (const size of LINUX_ICON_SIZES) writeFileSync(join(folder, `${size}x${size}.png`), picture(size).png);
  writeFileSync(join(folder, 'icon.ico'), encodeIco(ICO_SIZES.map(picture)));
  writeFileSync(join(folder, 'icon.icns'), encodeIcns(ICNS_SIZES.map(picture)));
}
