import { countOf, meaningInWords, type Result } from '../../core/index.ts';

/** What the data page leads on to: adding data, and the rows set aside for each reason. */
export interface DataLinks {
  readonly add: string;
  readonly rejects: readonly { readonly text: string; readonly rows: string; readonly href: string }[];
}

/** The links of a service's data page, from the table of reasons that its Result holds. */
export function dataLinks(data: Result, service: string): DataLinks {
  const rows = data.tables.find(({ id }) => id === 'reasons')?.rows ?? [];
  const counts = new Map<string, number>();
  for (const { reason, rows: n } of rows)
    counts.set(String(reason), (counts.get(String(reason)) ?? 0) + Number(n ?? 0));
  return {
    add: `/${service}/data/add`,
    rejects: [...counts].map(([reason, n]) => ({
      text: meaningInWords(reason).replace(/\.$/, ''),
      rows: countOf(n, 'row'),
      href: `/${service}/data/rejects/${reason}.csv`,
    })),
  };
}
