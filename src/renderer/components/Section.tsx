/** A titled part of a page, its content on a surface of its own. */
import type { ReactNode } from 'react';

export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="pb-2 text-small font-medium text-soft">{title}</h2>
      <div className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4">{children}</div>
    </section>
  );
}
