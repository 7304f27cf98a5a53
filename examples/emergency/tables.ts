/** Names of the outputs by the type of department in the published table. */
const outputs: Readonly<Record<string, string>> = { '1': 'type-1', '2': 'type-2', other: 'other' };

interface Sum {
  attendances: number;
  breaches: number;
  admissions: number;
}

export interface EmergencyTables {
  readonly volumes: string;
  readonly quality: string;
  readonly admissions: string;
}

/**
 * Adds up NHS England's monthly figures by organisation to England totals by month and type: attendances, the
 * share that left within four hours, and admissions. `published` is the text of a CSV with the columns period,
 * org_code, type, attendances, breaches, admissions.
 */
export function emergencyTables(published: string): EmergencyTables {
  const sums = new Map<string, Sum>();
  for (const line of published.trim().split(/\r?\n/).slice(1)) {
    const [period = '', , type = '', attendances, breaches, admissions] = line.split(',');
    const output = outputs[type];
    if (output === undefined) throw new RangeError(`unknown type of department: ${type}`);
    const key = `${period},${output}`;
    const sum = sums.get(key) ?? { attendances: 0, breaches: 0, admissions: 0 };
    sum.attendances += Number(attendances);
    sum.breaches += Number(breaches);
    sum.admissions += Number(admissions);
    sums.set(key, sum);
  }
  const rows = [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
  const table = (header: string, row: (key: string, sum: Sum) => string) =>
    `${[header, ...rows.map(([key, sum]) => row(key, sum))].join('\n')}\n`;
  return {
    volumes: table('period,output,quantity', (key, sum) => `${key},${sum.attendances}`),
    quality: table('period,output,measure,value,n', (key, sum) => {
      const within = (sum.attendances - sum.breaches) / sum.attendances;
      return `${key},within-4-hours,${within.toFixed(10)},${sum.attendances}`;
    }),
    admissions: table('period,type,admissions', (key, sum) => `${key},${sum.admissions}`),
  };
}
