import { z } from 'zod';
import { canonicalJson } from '../../core/index.ts';
import { sql } from '../warehouse/sql.ts';
import { acceptRecord } from './accept-record.ts';
import { utcSecond } from './fields.ts';
import type { Records } from './records.ts';

const draft = z.strictObject({
  id: z.string().min(1).max(200),
  /** What it is a draft of, such as `option`. */
  kind: z.string().min(1).max(50),
  changed: utcSecond,
  content: z.json(),
});

/** Work that is not done, kept until it is: plain data of any shape, which may be changed and deleted. */
export type Draft = z.infer<typeof draft>;

/** Saves a draft, in place of the one with its id. Its words are held to the same rule as a report's. */
export async function saveDraft(records: Records, given: Draft): Promise<void> {
  const { id, kind, changed, content } = acceptRecord('draft', draft, given);
  const text = canonicalJson(content);
  await records.write(async ({ run }) => {
    await run(sql`delete from drafts where id = ${id}`);
    await run(
      sql`insert into drafts (id, kind, changed, content) values (${id}, ${kind}, ${changed}, ${text})`,
    );
  });
}

/** Deletes a draft for good; false where there is none with that id. */
export async function deleteDraft(records: Records, id: string): Promise<boolean> {
  return (await records.write(({ run }) => run(sql`delete from drafts where id = ${id}`))) > 0;
}

/** The drafts of one kind, the last changed first. */
export async function draftsOf(records: Records, kind: string): Promise<readonly Draft[]> {
  const rows = await records.read(({ query }) =>
    query<{ content: string }>(
      sql`select id, kind, changed, content from drafts where kind = ${kind} order by changed desc, id`,
    ),
  );
  return rows.map((row) => draft.parse({ ...row, content: JSON.parse(row.content) }));
}
