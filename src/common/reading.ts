/** What is said of the parts of an answer that are not plain text. */
import { z } from 'zod';

export const readingSchema = z.object({
  /** A fenced code block: nothing of it, its announcement, or the code itself. */
  codeBlocks: z.enum(['skip', 'announce', 'read']).default('announce'),
  /** A table: each row with the header's names, or nothing. */
  tables: z.enum(['rows', 'skip']).default('rows'),
  /** True names emoji ("red heart"), false drops them. */
  nameEmoji: z.boolean().default(false),
  /** True drops stage directions such as `*sighs*`, false reads them. */
  dropStageDirections: z.boolean().default(true),
});
export type Reading = z.infer<typeof readingSchema>;

/** The quiet choice for everything. */
export const DEFAULT_READING: Reading = readingSchema.parse({});
